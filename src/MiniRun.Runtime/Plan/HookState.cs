using System.Globalization;
using MiniRun.Runtime.Spec.Writing;

namespace MiniRun.Runtime.Plan;

/// <summary>The container's state as hooks read it from their standard input (runtime.md#state), in two parts: only who runs the hook knows the pid.</summary>
internal sealed record HookState(string BeforePid, string AfterPid)
{
    public static HookState Of(string ociVersion, ContainerId id, string status, string bundle, IReadOnlyDictionary<string, string> annotations)
    {
        JsonText before = new();
        before.Text("ociVersion", ociVersion);
        before.Text("id", id.Value);
        before.Text("status", status);
        JsonText after = new();
        after.Text("bundle", bundle);
        if (annotations.Count > 0)
        {
            after.Begin("annotations");
            foreach ((string key, string value) in annotations)
            {
                after.Text(key, value);
            }

            after.End();
        }

        // {"ociVersion":…,"status":"…" + ,"pid": + 17 + , + "bundle":…}
        return new HookState(before.ToString()[..^1] + ",\"pid\":", "," + after.ToString()[1..]);
    }

    public string With(int pid) => string.Create(CultureInfo.InvariantCulture, $"{BeforePid}{pid}{AfterPid}");
}
