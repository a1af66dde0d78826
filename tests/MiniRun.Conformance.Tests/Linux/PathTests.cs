namespace MiniRun.Conformance.Tests.Linux;

/// <summary>config-linux.md#masked-paths and #readonly-paths.</summary>
public sealed class PathTests(ContainerHost host) : ConformanceTest(host)
{
    [Theory]
    [EachRuntime("maskedPaths", "readonlyPaths")]
    [Must("config-linux.md#masked-paths", "the paths are absolute")]
    [Must("config-linux.md#readonly-paths", "the paths are absolute")]
    public void A_relative_path_is_an_error(string runtime, string kind) =>
        On(runtime, oci => oci.Refuses(oci.Bundle().With($"linux.{kind}.-", "\"etc\"")), kind);
}
