using System.Text;
using MiniRun.Engine.Logs;
using MiniRun.Engine.Options;

namespace MiniRun.Engine.Tests.Logs;

public sealed class LogTimeTests
{
    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.CreateCustomTimeZone("+1", TimeSpan.FromHours(1), "+1", "+1");

    private static string Shown(LogTime time)
    {
        byte[] bytes = new byte[LogTime.FormattedLength];
        time.Format(bytes);
        return Encoding.ASCII.GetString(bytes);
    }

    [Theory]
    [InlineData("2026-11-27T23:29:19.123456789Z", "2026-11-27T23:29:19.123456789Z")]
    [InlineData("2026-11-27T23:29:19.1234567891Z", "2026-11-27T23:29:19.123456789Z")]
    [InlineData("2026-11-27T23:29:19.12Z", "2026-11-27T23:29:19.120000000Z")]
    [InlineData("2026-11-27T23:29:19Z", "2026-11-27T23:29:19.000000000Z")]
    [InlineData("2026-11-28T01:29:19.5+02:00", "2026-11-27T23:29:19.500000000Z")]
    [InlineData("2026-11-27T22:29:19-01:00", "2026-11-27T23:29:19.000000000Z")]
    [InlineData("1960-02-29T00:00:00.000000001Z", "1960-02-29T00:00:00.000000001Z")]
    [InlineData("9999-12-31T23:59:59Z", "2262-04-11T23:47:16.854775807Z")]
    [InlineData("0001-01-01T00:00:00Z", "1677-09-21T00:12:43.145224192Z")]
    public void A_time_is_read_to_the_nanosecond(string text, string shown)
    {
        Assert.True(LogTime.TryParse(Encoding.ASCII.GetBytes(text), out LogTime time));
        Assert.Equal(shown, Shown(time));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-27")]
    [InlineData("2026-11-27T23:29:19")]
    [InlineData("2026-11-27T23:29:19.Z")]
    [InlineData("2026-11-27T24:29:19Z")]
    [InlineData("2026-02-29T23:29:19Z")]
    [InlineData("2026-13-27T23:29:19Z")]
    [InlineData("2026-11-27 23:29:19Z")]
    [InlineData("2026-11-27T23:29:19+0200")]
    [InlineData("2026-11-27T23:29:19Zx")]
    [InlineData("2026-11-27T23:2a:19Z")]
    public void What_is_no_time_is_told(string text) => Assert.False(LogTime.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Theory]
    [InlineData("10m", "2026-11-27T23:19:19.000000000Z")]
    [InlineData("1h30m", "2026-11-27T21:59:19.000000000Z")]
    [InlineData("1.5s", "2026-11-27T23:29:17.500000000Z")]
    [InlineData("-1h", "2026-11-28T00:29:19.000000000Z")]
    [InlineData("+1h", "2026-11-27T22:29:19.000000000Z")]
    [InlineData("0", "1970-01-01T00:00:00.000000000Z")]
    [InlineData("1795822159", "2026-11-27T23:29:19.000000000Z")]
    [InlineData("1795822159.25", "2026-11-27T23:29:19.250000000Z")]
    [InlineData("1795822159.0123456789", "2026-11-27T23:29:19.012345678Z")]
    [InlineData("2026-11-27", "2026-11-26T23:00:00.000000000Z")]
    [InlineData("2026-11-27Z", "2026-11-27T00:00:00.000000000Z")]
    [InlineData("2026-11-27T10", "2026-11-27T09:00:00.000000000Z")]
    [InlineData("2026-11-27T10:11", "2026-11-27T09:11:00.000000000Z")]
    [InlineData("2026-11-27T10:11:12.5", "2026-11-27T09:11:12.500000000Z")]
    [InlineData("2026-11-27T10:11:12.5Z", "2026-11-27T10:11:12.500000000Z")]
    [InlineData("2026-11-27T10:11-05:00", "2026-11-27T15:11:00.000000000Z")]
    [InlineData("999999999999999999", "2262-04-11T23:47:16.854775807Z")]
    public void An_option_has_all_of_dockers_forms(string text, string shown)
    {
        LogTime now = LogTime.From(LogFolder.Time);
        Assert.Equal(shown, Shown(LogTimeOption.Parse(text, "--since", now, s_berlin)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("yesterday")]
    [InlineData("10 m")]
    [InlineData("1.")]
    [InlineData("1.x")]
    [InlineData("2026-11")]
    [InlineData("2026-11-27T")]
    [InlineData("2026-11-27T10:11:12X")]
    [InlineData("2026-11-31")]
    public void Other_words_are_refused_with_what_there_is(string text) =>
        Assert.Contains("for --since: give a duration before now", Assert.Throws<OptionException>(() => LogTimeOption.Parse(text, "--since", LogTime.Now, s_berlin)).Message);
}
