using MiniRun.Engine.Logs;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Logs;

public sealed class LogOptionsTests
{
    [Fact]
    public void Without_options_it_is_a_json_file_without_a_limit()
    {
        LogOptions options = LogOptions.Parse(null, []);
        Assert.Equal((LogDriver.JsonFile, "json-file", -1L, 1), (options.Driver, options.DriverName, options.MaxSize, options.MaxFile));
        Assert.Equal(options, LogOptions.Parse("json-file", []));
        Assert.Equal("none", LogOptions.Parse("none", []).DriverName);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("512b", 512)]
    [InlineData("10k", 10_000)]
    [InlineData("10m", 10_000_000)]
    [InlineData("1.5g", 1_500_000_000)]
    [InlineData("3KB", 3000)]
    [InlineData("3 kb", 3000)]
    [InlineData("3KiB", 3000)]
    public void A_size_has_dockers_units_which_are_decimal(string text, long bytes) =>
        Assert.Equal(bytes, LogOptions.Parse(null, [$"max-size={text}"]).MaxSize);

    [Theory]
    [InlineData(null, "max-size=10x", "invalid suffix: 'x'")]
    [InlineData(null, "max-size=10bb", "invalid suffix: 'bb'")]
    [InlineData(null, "max-size=", "invalid size: ''")]
    [InlineData(null, "max-size", "invalid size: ''")]
    [InlineData(null, "max-size=m", "invalid size: 'm'")]
    [InlineData(null, "max-size=1.2.3m", "invalid size")]
    [InlineData(null, "max-size=0", "max-size must be a positive number")]
    [InlineData(null, "max-size=99999999p", "max-size must be a positive number")]
    [InlineData(null, "max-size=-1", "invalid size: '-1'")]
    [InlineData(null, "max-file=0", "max-file cannot be less than 1")]
    [InlineData(null, "max-file=-1", "max-file cannot be less than 1")]
    [InlineData(null, "max-file=two", "max-file=two")]
    [InlineData(null, "tag=x", "unknown log opt 'tag' for json-file log driver")]
    [InlineData("json-file", "=", "unknown log opt '' for json-file log driver")]
    [InlineData(null, "mode=non-blocking", "leave it out")]
    [InlineData(null, "mode=often", "logging mode not supported: often")]
    [InlineData("none", "max-size=1m", "invalid logging opts for driver none")]
    [InlineData("syslog", "", "no log driver named 'syslog' is registered: minirun has json-file and none")]
    public void What_is_not_there_is_refused_in_dockers_words(string? driver, string option, string message) =>
        Assert.Contains(message, Assert.Throws<MiniRunException>(() => LogOptions.Parse(driver, [option])).Message);

    [Theory]
    [InlineData("")]
    [InlineData("max-size=1234")]
    [InlineData("max-size=1000 max-file=3")]
    [InlineData("max-file=7")]
    public void Values_are_the_options_they_were_read_from(string line)
    {
        string[] options = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(options, LogOptions.Parse(null, options).Values().Select(value => $"{value.Key}={value.Value}"));
    }

    [Fact]
    public void The_last_value_of_a_key_counts_and_blocking_is_what_it_is_anyway()
    {
        LogOptions options = LogOptions.Parse(null, ["max-file=2", "mode=blocking", "max-file=5"]);
        Assert.Equal(5, options.MaxFile);
        Assert.Equal([new("max-file", "5")], options.Values());
    }
}
