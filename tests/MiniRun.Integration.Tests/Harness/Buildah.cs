using System.Text.Json.Nodes;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>
/// Builds with buildah what minirun builds too, in a store of its own (the plain vfs driver, chroot isolation: nothing of the
/// machine is changed), and shows images of either as lists that can be compared.
/// </summary>
internal sealed class Buildah(ContainerHost host, string data, string folder)
{
    private readonly string[] _store = ["--storage-driver", "vfs", "--root", $"{folder}/root", "--runroot", $"{folder}/run"];

    private string Transport => $"containers-storage:[vfs@{folder}/root+{folder}/run]";

    /// <summary>Takes an image over from minirun's store.</summary>
    public void Take(string name) =>
        host.Program("skopeo", "copy", "-q", "--insecure-policy", $"oci:{data}/images:docker.io/library/{name}:latest", $"{Transport}docker.io/library/{name}:latest").Succeeded();

    public void Build(string context, string name) =>
        Run("bud", "--format", "docker", "--isolation", "chroot", "--pull-never", "--build-arg", "given=yes", "-t", $"docker.io/library/{name}:latest", context);

    /// <summary>The image's configuration without what is empty, and without buildah's own label.</summary>
    public string Config(string name)
    {
        string text = host.Program("skopeo", "inspect", "--config", "--raw", $"{Transport}docker.io/library/{name}:latest").Succeeded();
        JsonObject config = JsonNode.Parse(text)!["config"]!.AsObject();
        (config["Labels"] as JsonObject)?.Remove("io.buildah.version");
        string[] kept = ["Env", "Cmd", "Entrypoint", "User", "WorkingDir", "ExposedPorts", "Volumes", "StopSignal", "Labels", "Healthcheck", "OnBuild"];
        return string.Join('\n', kept.Select(key => $"{key}: {(IsEmpty(config[key]) ? "" : Sorted(config[key]!).ToJsonString())}"));
    }

    /// <summary>Every file of an image: type, mode, owner, link target, size, contents and capabilities.</summary>
    public string[] Tree(string name)
    {
        string container = Run("from", "--pull-never", $"docker.io/library/{name}:latest");
        try
        {
            string root = Run("mount", container);
            Assert.StartsWith(folder, root, StringComparison.Ordinal);
            string script = $"cd '{root}'; find . -mindepth 1 -printf '%P %y %m %U %G %l\\n'; find . -type f -exec sha256sum {{}} +; getcap -r .";
            string[] lines = [.. host.Bash(script).Lines().Where(line => !IsStub(line)).Order(StringComparer.Ordinal)];
            Assert.True(lines.Length > 0, $"{name} is empty");
            return lines;
        }
        finally
        {
            Run("rm", container);
        }
    }

    private string Run(params string[] arguments) => host.Program("buildah", [.. _store, .. arguments]).Succeeded();

    /// <summary>The empty files that buildah leaves where it mounted some for RUN; docker and minirun take them away again.</summary>
    private static bool IsStub(string line)
    {
        const string Nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        return line.StartsWith("etc/hosts f ", StringComparison.Ordinal) || line.StartsWith("etc/hostname f ", StringComparison.Ordinal) || line.StartsWith("etc/resolv.conf f ", StringComparison.Ordinal)
            || line is $"{Nothing}  ./etc/hosts" or $"{Nothing}  ./etc/hostname" or $"{Nothing}  ./etc/resolv.conf";
    }

    private static bool IsEmpty(JsonNode? node) => node is null or JsonArray { Count: 0 } or JsonObject { Count: 0 } || (node is JsonValue value && value.ToString().Length == 0);

    private static JsonNode Sorted(JsonNode node) => node is JsonObject members
        ? new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())))
        : node;
}
