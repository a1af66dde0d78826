namespace MiniRun.Conformance.Tests.Config;

/// <summary>config.md: the document's own members, annotations, and what is not known or not valid.</summary>
public sealed class DocumentTests(ContainerHost host) : ConformanceTest(host)
{
    [Theory]
    [EachRuntime("\"banana\"", "\"1\"", "\"01.0.2\"", "1")]
    [Must("config.md#specification-version", "ociVersion is in SemVer 2.0.0 format")]
    public void An_ociVersion_that_is_no_version_is_an_error(string runtime, string json) =>
        On(runtime, oci => oci.Refuses(oci.Bundle().With("ociVersion", json)), json);

    [Theory]
    [EachRuntime("missing", "rootfs/bin/sh")]
    [Must("config.md#root", "a directory exists at root.path")]
    public void A_root_that_is_no_directory_is_an_error(string runtime, string path) =>
        On(runtime, oci => oci.Refuses(oci.Bundle(copiesRoot: true).With("root.path", $"\"{path}\"")), path);

    [Theory]
    [EachRuntime]
    [Must("config.md#root", "path is absolute or relative to the bundle")]
    public void The_root_is_relative_to_the_bundle_or_absolute(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle("ls -d /bin", copiesRoot: true);
        Assert.Equal("/bin", oci.Prints(bundle.With("root.path", "\"rootfs\"")));
        Assert.Equal("/bin", oci.Prints(bundle.With("root.path", $"\"{bundle.Root}\"")));
    });

    [Theory]
    [EachRuntime]
    [Must("config.md#root", "readonly: the root is read-only inside; false is the default")]
    public void A_readonly_root_cannot_be_written_and_another_can(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle("touch /file 2> /dev/null && echo written || echo refused", copiesRoot: true);
        Assert.Equal("refused", oci.Prints(bundle.With("root.readonly", "true")));
        Assert.Equal("written", oci.Prints(bundle.Without("root.readonly")));
    });

    [Theory]
    [EachRuntime("""["a"]""", """{"": "b"}""", """{"a": 1}""", """{"a": {"b": "c"}}""", "\"a\"")]
    [Must("config.md#annotations", "a map of strings to strings, with no empty key")]
    public void Annotations_that_are_no_map_of_names_to_strings_are_an_error(string runtime, string json) =>
        On(runtime, oci => oci.Refuses(oci.Bundle().With("annotations", json)), json);

    [Theory]
    [EachRuntime("annotations", "unknown", "root.unknown", "mounts.0.unknown", "process.unknown", "process.user.unknown", "linux.unknown", "linux.resources.unknown")]
    [Must("config.md#extensibility", "an unknown property is ignored")]
    [Must("config.md#annotations", "an unknown annotation is handled like an unknown property")]
    public void An_unknown_property_is_ignored(string runtime, string path) => On(
        runtime,
        oci => Assert.Equal("ran", oci.Prints(oci.Bundle("echo ran").With(path, """{"org.opencontainers.unknown": "x"}"""))),
        path);
}
