using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;
using MiniRun.Runtime.Spec.Writing;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>The container process state that a seccomp agent is sent. Source: config-linux.md#containerprocessstate.</summary>
internal static class ProcessStateText
{
    /// <summary>The agent of a filter, to be told of processes of this container.</summary>
    public static SeccompAgent Agent(SeccompSpec seccomp, ContainerState state) =>
        new(seccomp.ListenerPath!, pid => Write(state, pid, seccomp.ListenerMetadata));

    /// <summary>State and process: the pid is that of the process with the filter; the container's own is its init's, the same while it starts.</summary>
    private static byte[] Write(ContainerState state, int pid, string? metadata)
    {
        JsonText json = new();
        json.Text("ociVersion", state.OciVersion);
        json.Texts("fds", "seccompFd");
        json.Number("pid", pid);
        json.Text("metadata", metadata ?? "");
        OciState own = OciState.Of(state.OciVersion, state.Id, state.Committed.Word(), state.Bundle, state.Annotations);
        json.Object("state", own.With(state.Init?.Pid ?? pid));
        return json.Finish();
    }
}
