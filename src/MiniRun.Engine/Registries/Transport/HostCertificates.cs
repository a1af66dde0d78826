using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MiniRun.Linux;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Registries.Transport;

/// <summary>What the folders "certs.d/HOST:PORT" hold for one host: *.crt are authorities to trust for it, NAME.cert with NAME.key is a certificate to show it (docker's layout).</summary>
internal sealed record HostCertificates(X509Certificate2Collection Authorities, X509Certificate2Collection Own)
{
    private const int MaxSize = 1 << 20;

    /// <summary>Reads them from every folder there is.</summary>
    /// <exception cref="MiniRunException">A file cannot be read or is no PEM certificate, or a key is missing.</exception>
    internal static HostCertificates Read(IReadOnlyList<string> folders, string authority)
    {
        HostCertificates certificates = new([], []);
        foreach (string root in folders)
        {
            string folder = $"{root}/{authority}";
            if (FileStatus.Of(folder) is { IsDirectory: true })
            {
                certificates.Take(folder);
            }
        }

        return certificates;
    }

    private void Take(string folder)
    {
        foreach (string name in HostDirectory.List(folder))
        {
            string path = $"{folder}/{name}";
            if (name.EndsWith(".crt", StringComparison.Ordinal))
            {
                Read(path, () => Authorities.ImportFromPem(HostFile.ReadText(path, MaxSize)));
            }
            else if (name.EndsWith(".cert", StringComparison.Ordinal))
            {
                string key = $"{path[..^".cert".Length]}.key";
                Read(path, () => Own.Add(X509Certificate2.CreateFromPem(HostFile.ReadText(path, MaxSize), HostFile.ReadText(key, MaxSize))));
            }
        }
    }

    private static void Read(string path, Action read)
    {
        try
        {
            read();
        }
        catch (CryptographicException problem)
        {
            throw new MiniRunException($"{path} is no PEM certificate (or its key does not fit)", problem);
        }
    }
}
