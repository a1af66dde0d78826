using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Oci.Grammar;
using MiniRun.Runtime.Spec;

namespace MiniRun.Oci.Verbs;

internal static class SpecVerb
{
    private const uint Mode = 0x1b4;

    public static int Run(Invocation invocation)
    {
        RuntimeSpec spec = invocation.Options.Has("rootless")
            ? DefaultSpec.Rootless(CurrentProcess.EffectiveUid, CurrentProcess.EffectiveGid)
            : DefaultSpec.Rootful();
        string path = FullPath.Of(invocation.Options.Text("bundle") ?? ".") + "/config.json";
        using FileDescriptor file = HostFile.Open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL, Mode);
        HostFile.WriteAll(file, SpecWriter.Write(spec, indented: true), path);
        return 0;
    }
}
