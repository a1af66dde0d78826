using MiniRun.Engine.Options;

namespace MiniRun.Engine.Tests.Options;

public sealed class SizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1024", 1024)]
    [InlineData("512b", 512)]
    [InlineData("1k", 1024)]
    [InlineData("512m", 512L << 20)]
    [InlineData("512M", 512L << 20)]
    [InlineData("64MB", 64L << 20)]
    [InlineData("64MiB", 64L << 20)]
    [InlineData("1.5g", 3L << 29)]
    [InlineData("2 gb", 2L << 30)]
    [InlineData("1t", 1L << 40)]
    public void A_size_is_a_number_and_a_unit_of_1024(string text, long bytes) =>
        Assert.Equal(bytes, ByteSize.Parse(text, "--memory").Bytes);

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("1x")]
    [InlineData("1..5g")]
    [InlineData("1,5g")]
    [InlineData("0x10")]
    [InlineData("1e9")]
    public void What_is_no_size_is_named_with_its_option(string text)
    {
        OptionException refused = Assert.Throws<OptionException>(() => ByteSize.Parse(text, "--memory"));
        Assert.StartsWith($"invalid argument \"{text}\" for --memory: invalid size", refused.Message);
    }

    [Theory]
    [InlineData("99999999999999999999g")]
    [InlineData("9223372036854775807k")]
    public void A_size_over_what_the_kernel_counts_is_refused(string text) =>
        Assert.Contains("more than 2^63-1", Assert.Throws<OptionException>(() => ByteSize.Parse(text, "-m")).Message);

    [Theory]
    [InlineData("64m", "64m")]
    [InlineData("65536k", "64m")]
    [InlineData("1000", "1000b")]
    [InlineData("3g", "3g")]
    public void A_size_is_shown_as_people_write_it(string text, string shown) =>
        Assert.Equal(shown, ByteSize.Parse(text, "-m").ToString());

    [Theory]
    [InlineData("0.5", 50_000)]
    [InlineData("2", 200_000)]
    [InlineData("1.5", 150_000)]
    [InlineData("0.01", 1_000)]
    public void A_number_of_cpus_is_a_quota_of_a_tenth_of_a_second(string text, long quota) =>
        Assert.Equal(quota, CpuCount.Parse(text, "--cpus").Quota);

    [Theory]
    [InlineData("0.001")]
    [InlineData("-1")]
    [InlineData("half")]
    [InlineData("")]
    [InlineData("1e3")]
    [InlineData("99999999999999")]
    public void What_is_no_number_of_cpus_is_refused(string text) =>
        Assert.Contains("--cpus", Assert.Throws<OptionException>(() => CpuCount.Parse(text, "--cpus")).Message);

    [Theory]
    [InlineData("0")]
    [InlineData("0-2,4")]
    [InlineData("1,3,5-7")]
    public void A_list_of_cpus_is_the_kernels(string text) => Assert.Equal(text, CpuList.Parse(text, "--cpuset-cpus"));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("3-1")]
    [InlineData("1,")]
    [InlineData("-1")]
    [InlineData("99999")]
    public void What_is_no_list_of_cpus_is_refused(string text) => Assert.Throws<OptionException>(() => CpuList.Parse(text, "--cpuset-cpus"));

    [Theory]
    [InlineData("022", 18u)]
    [InlineData("0077", 63u)]
    [InlineData("0", 0u)]
    public void A_mask_is_octal(string text, uint mask) => Assert.Equal(mask, OptionNumber.ParseOctal(text, "--umask", 0x1ff));

    [Theory]
    [InlineData("")]
    [InlineData("8")]
    [InlineData("7777")]
    [InlineData("0000000022")]
    [InlineData("-1")]
    public void What_is_no_mask_is_refused(string text) => Assert.Throws<OptionException>(() => OptionNumber.ParseOctal(text, "--umask", 0x1ff));
}
