using System.Text.Json;
using MiniRun.Linux.Mounts;
using MiniRun.Oci.Output;

namespace MiniRun.Oci.Tests;

public sealed class FeaturesTextTests
{
    [Fact]
    public void It_names_what_the_tables_hold()
    {
        using JsonDocument features = JsonDocument.Parse(FeaturesText.Json());
        JsonElement root = features.RootElement;

        Assert.Equal("1.0.0", root.GetProperty("ociVersionMin").GetString());
        Assert.Equal("1.3.0", root.GetProperty("ociVersionMax").GetString());
        Assert.Equal(6, root.GetProperty("hooks").GetArrayLength());
        Assert.Equal(8, root.GetProperty("linux").GetProperty("namespaces").GetArrayLength());
        Assert.Equal(41, root.GetProperty("linux").GetProperty("capabilities").GetArrayLength());
        Assert.True(root.GetProperty("linux").GetProperty("cgroup").GetProperty("v2").GetBoolean());
        Assert.False(root.GetProperty("linux").GetProperty("cgroup").GetProperty("v1").GetBoolean());
        Assert.All(["enabled", "schemata", "monitoring"], word => Assert.True(root.GetProperty("linux").GetProperty("intelRdt").GetProperty(word).GetBoolean()));
    }

    [Fact]
    public void Every_mount_option_it_names_is_understood()
    {
        Assert.All(MountOptionTable.Words(), word => Assert.True(MountOptionTable.TryFind(word, out _), word));
        Assert.Contains("rro", MountOptionTable.Words());
    }
}
