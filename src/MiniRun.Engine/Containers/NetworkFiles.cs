using System.Text;
using MiniRun.Engine.Bundles;
using MiniRun.Engine.Options;
using MiniRun.Linux.Files;
using MiniRun.Runtime;

namespace MiniRun.Engine.Containers;

/// <summary>Writes what is mounted as /etc/hostname, /etc/hosts and /etc/resolv.conf of a container.</summary>
internal sealed class NetworkFiles(ContainerStore store)
{
    internal void Write(PreparedContainer prepared)
    {
        ContainerId id = prepared.Create.Id;
        bool hostNetwork = prepared.Request.Namespaces.Network == NamespaceChoice.Host;
        string hosts = hostNetwork ? HostText("/etc/hosts") : HostsFiles.LoopbackHosts(prepared.Hostname, prepared.Request.Namespaces.Domainname);
        string resolver = HostText("/etc/resolv.conf");
        Write("hostname", HostsFiles.Hostname(prepared.Hostname));
        Write("hosts", hosts);
        Write("resolv.conf", hostNetwork ? resolver : HostsFiles.WithoutLocalServers(resolver));

        void Write(string file, string text) => store.WriteFile(id, file, Encoding.UTF8.GetBytes(text));
    }

    private static string HostText(string path) => FileStatus.Of(path) is { IsRegular: true } ? HostFile.ReadText(path, HostsFiles.MaxSize) : "";
}
