using System.Text;
using System.Text.Json.Nodes;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec;

public sealed class SpecWriterTests
{
    public static TheoryData<string> Configs => ["docker.json", "everything.json", "kubernetes.json", "podman-rootless.json", "runc-spec-rootless.json", "runc-spec.json", "slurm.json"];

    [Fact]
    public void A_document_with_everything_in_it_is_written_as_it_was_read()
    {
        JsonNode? written = JsonNode.Parse(SpecWriter.Write(Config.ReadFile("everything.json")));
        JsonNode? original = JsonNode.Parse(Config.File("everything.json"));
        Assert.Equal(Sorted(original), Sorted(written));
    }

    [Theory]
    [MemberData(nameof(Configs))]
    public void What_is_written_reads_as_the_same_and_is_written_the_same(string name)
    {
        byte[] once = SpecWriter.Write(Config.ReadFile(name));
        Assert.Equal(Encoding.UTF8.GetString(once), Encoding.UTF8.GetString(SpecWriter.Write(SpecReader.Read(once))));
    }

    [Fact]
    public void Indented_is_the_same_document_with_tabs()
    {
        string text = Encoding.UTF8.GetString(SpecWriter.Write(DefaultSpec.Rootful(), indented: true));
        Assert.StartsWith("{\n\t\"ociVersion\": \"1.3.0\",\n\t\"process\": {\n\t\t\"terminal\": true,", text, StringComparison.Ordinal);
        Assert.Equal(SpecWriter.Write(DefaultSpec.Rootful()), SpecWriter.Write(Config.Read(text)));
    }

    [Fact]
    public void A_process_and_resources_are_written_alone()
    {
        RuntimeSpec spec = Config.ReadFile("everything.json");
        Assert.Equal("/work", SpecReader.ReadProcess(SpecWriter.WriteProcess(spec.Process!)).Cwd);
        Assert.Equal(0, SpecReader.ReadResources(SpecWriter.WriteResources(spec.Linux.Resources)).Pids!.Limit);
    }

    /// <summary>The document with the members of each object in order, as text that shows the difference when a test fails.</summary>
    private static string Sorted(JsonNode? node) => node switch
    {
        JsonObject members => "{" + string.Join(",\n", members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"\"{m.Key}\":{Sorted(m.Value)}")) + "}",
        JsonArray items => "[" + string.Join(",\n", items.Select(Sorted)) + "]",
        _ => node?.ToJsonString() ?? "null",
    };
}
