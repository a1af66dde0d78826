using System.Globalization;
using MiniRun.Runtime.Spec.Writing;

namespace MiniRun.Runtime.Plan;

/// <summary>The container's state (runtime.md#state) as hooks and seccomp agents are told it, in two parts: only who tells it knows the pid.</summary>
internal sealed record OciState(string BeforePid, string AfterPid)
{
    public static OciState Of(string ociVersion, ContainerId id, string status, string bundle, IReadOnlyDictionary<string, string> annotations)
    {
        JsonText before = new();
        before.Text("ociVersion", ociVersion);
        before.Text("id", id.Value);
        before.Text("status", status);
        JsonText after = new();
        after.Text("bundle", bundle);
        after.Texts("annotations", annotations);

        // {"ociVersion":…,"status":"…" + ,"pid": + 17 + , + "bundle":…}
        return new OciState(before.ToString()[..^1] + ",\"pid\":", "," + after.ToString()[1..]);
    }

    public string With(int pid) => string.Create(CultureInfo.InvariantCulture, $"{BeforePid}{pid}{AfterPid}");
}
