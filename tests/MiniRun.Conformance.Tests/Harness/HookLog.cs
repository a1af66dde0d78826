using System.Text.Json.Nodes;

namespace MiniRun.Conformance.Tests.Harness;

/// <summary>
/// A bundle whose hooks each write down what they see. The script that does it stands beside the bundle's root, so that it
/// has that path in the runtime's namespace only; inside, for startContainer, it is /hook.
/// </summary>
internal sealed class HookLog
{
    public static readonly string[] Kinds = ["prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"];

    private const string Script = """
        #!/bin/sh
        state=$(tr -d '\n')
        pid=$(echo "$state" | sed -n 's/.*"pid": *\([0-9]*\).*/\1/p')
        ran=no
        if [ -e FOLDER/log/ran ]; then ran=yes; fi
        host=no
        if [ -e FOLDER/config.json ]; then host=yes; fi
        old=no
        if [ -e "/proc/$pid/root/FOLDER/config.json" ]; then old=yes; fi
        echo "$1|$(readlink /proc/self/ns/mnt)|$(readlink "/proc/$pid/ns/mnt")|$ran|$host|$old|$(cat "/proc/$pid/comm" 2> /dev/null)|$state" >> FOLDER/log/hooks
        """;

    private readonly OciBundle bundle;

    /// <summary>Each hook is given with the word it writes, a name of ours.</summary>
    public HookLog(OciRuntime oci, string script, params string[] kinds)
    {
        bundle = oci.Bundle(name: nameof(HookLog));
        bundle.With("process.args", new JsonArray("sh", "-c", $"touch {bundle.Folder}/log/ran; {script}").ToJsonString());
        bundle.Mount($$"""{"destination": "{{bundle.Folder}}/log", "type": "bind", "source": "{{bundle.Folder}}/log", "options": ["bind"]}""");
        bundle.Mount($$"""{"destination": "/hook", "type": "bind", "source": "{{bundle.Folder}}/hook", "options": ["bind"]}""");
        Directory.CreateDirectory(bundle.Folder + "/log");
        File.WriteAllText(bundle.Folder + "/hook", Script.Replace("FOLDER", bundle.Folder, StringComparison.Ordinal));
        File.SetUnixFileMode(bundle.Folder + "/hook", (UnixFileMode)0b111_101_101);

        foreach (string kind in kinds)
        {
            Add(kind, kind);
        }
    }

    public OciBundle Bundle => bundle;

    public bool Ran => File.Exists(bundle.Folder + "/log/ran");

    public IReadOnlyList<HookLine> Lines() =>
        File.Exists(bundle.Folder + "/log/hooks") ? [.. File.ReadLines(bundle.Folder + "/log/hooks").Select(HookLine.Parse)] : [];

    public IEnumerable<string> Words() => Lines().Select(line => line.Word);

    public HookLog Add(string kind, string word)
    {
        string path = kind == "startContainer" ? "/hook" : bundle.Folder + "/hook";
        bundle.With($"hooks.{kind}.-", $$"""{"path": "{{path}}", "args": ["hook", "{{word}}"], "env": ["PATH=/usr/bin:/bin"]}""");
        return this;
    }

    /// <summary>Like all hooks here it reads the state: one that does not can fail a runtime's writing it.</summary>
    public HookLog AddFailing(string kind)
    {
        bundle.With($"hooks.{kind}.-", """{"path": "/bin/sh", "args": ["sh", "-c", "cat; exit 3"]}""");
        return this;
    }
}
