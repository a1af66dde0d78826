using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

public sealed class DocumentRulesTests
{
    [Theory]
    [InlineData("1.0.0")]
    [InlineData("1.0.2-dev")]
    [InlineData("1.3.0")]
    [InlineData("1.99.0+build")]
    public void Every_1_x_version_is_read(string version) => Assert.Empty(Problems.Of(spec => spec with { OciVersion = version }));

    [Theory]
    [InlineData("")]
    [InlineData("0.9.0")]
    [InlineData("2.0.0")]
    [InlineData("10.0.0")]
    [InlineData("1")]
    [InlineData("1.0")]
    [InlineData("1..0")]
    [InlineData("1.0.x")]
    [InlineData("1.0.0.0")]
    public void Any_other_version_is_refused(string version) =>
        Assert.Equal($"ociVersion: \"{version}\" is not supported; minirun reads 1.x", Assert.Single(Problems.Of(spec => spec with { OciVersion = version })));

    [Fact]
    public void Root_and_process_are_required() =>
        Assert.Equal(["root: required, but missing", "process: required, but missing"], Problems.Of(spec => spec with { Root = null, Process = null }));

    [Fact]
    public void The_root_has_a_path() =>
        Assert.Equal(["root.path: must not be empty"], Problems.Of(spec => spec with { Root = new RootSpec("") }));

    [Fact]
    public void A_key_of_annotations_is_not_empty() =>
        Assert.Equal(["annotations: a key must not be empty"], Problems.Of(spec => spec with { Annotations = new Dictionary<string, string> { [""] = "x" } }));

    [Fact]
    public void A_hostname_and_a_domainname_need_a_uts_namespace() =>
        Assert.Equal(
            [
                "hostname: needs a uts namespace in linux.namespaces, or the host would be renamed",
                "domainname: needs a uts namespace in linux.namespaces, or the host would be renamed",
            ],
            Problems.Of(spec => spec with { Domainname = "d", Linux = Problems.Namespaces(spec.Linux, [NamespaceType.Uts]) }));

    [Fact]
    public void A_hostname_has_at_most_64_bytes()
    {
        Assert.Empty(Problems.Of(spec => spec with { Hostname = new string('ü', 32) }));
        Assert.Equal(["hostname: longer than 64 bytes"], Problems.Of(spec => spec with { Hostname = new string('ü', 33) }));
    }

    [Fact]
    public void Problems_of_all_sections_come_together_and_only_so_many()
    {
        IReadOnlyList<string> problems = Problems.OfLinux(linux => linux with { MaskedPaths = [.. Enumerable.Repeat("x", 100)] });
        Assert.Equal(21, problems.Count);
        Assert.Equal("and more", problems[^1]);
    }

    [Fact]
    public void Check_throws_what_Validate_returns()
    {
        RuntimeSpec spec = DefaultSpec.Rootful() with { Root = null };
        Assert.Equal(SpecValidator.Validate(spec), Assert.Throws<SpecException>(() => SpecValidator.Check(spec)).Problems);
        SpecValidator.Check(DefaultSpec.Rootful());
    }

    [Fact]
    public void Unknown_annotations_are_ignored() =>
        Assert.Empty(Problems.Of(spec => spec with { Annotations = new Dictionary<string, string> { ["run.oci.handler"] = "krun" } }));
}
