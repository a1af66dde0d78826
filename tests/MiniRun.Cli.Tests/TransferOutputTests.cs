using MiniRun.Cli.Output.Transfers;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Transfers;
using MiniRun.Linux.Files;

namespace MiniRun.Cli.Tests;

public sealed class TransferOutputTests : IDisposable
{
    private static readonly Digest s_first = Digest.Parse("sha256:" + new string('a', 64), "");
    private static readonly Digest s_second = Digest.Parse("sha256:" + new string('b', 64), "");

    private readonly StringWriter _text = new();
    private readonly ManualTime _time = new();
    private TerminalSize _size = new(24, 80);

    [Fact]
    public void A_log_tells_each_thing_once_in_dockers_words()
    {
        using (TransferLines lines = new(_text))
        {
            lines.Say("1: Pulling from app\e[2J");
            lines.Report(s_first, TransferPhase.Waiting, 0, 100);
            lines.Report(s_second, TransferPhase.AlreadyExists, 7, 7);
            lines.Report(s_first, TransferPhase.Downloading, 10, 100);
            lines.Report(s_first, TransferPhase.Downloading, 100, 100);
            lines.Report(s_first, TransferPhase.Extracting, 100, 100);
            lines.Report(s_first, TransferPhase.PullComplete, 100, 100);
        }

        Assert.Equal(
            """
            1: Pulling from app\x1b[2J
            aaaaaaaaaaaa: Pulling fs layer
            bbbbbbbbbbbb: Already exists
            aaaaaaaaaaaa: Download complete
            aaaaaaaaaaaa: Pull complete

            """,
            _text.ToString());
    }

    [Fact]
    public void Bars_are_redrawn_in_place_and_only_when_time_has_passed()
    {
        using TransferBars bars = Bars();
        bars.Report(s_first, TransferPhase.Downloading, 25, 100);
        bars.Report(s_first, TransferPhase.Downloading, 50, 100);
        Assert.Equal("", _text.ToString());
        _time.Pass(TimeSpan.FromMilliseconds(100));
        Assert.Equal("\raaaaaaaaaaaa: Downloading [=====================>                    ] 50B/100B\e[K\n\e[J", Drawn());
        _time.Pass(TimeSpan.FromMilliseconds(100));
        Assert.Equal("", Drawn());
        bars.Report(s_second, TransferPhase.Waiting, 0, 9);
        _time.Pass(TimeSpan.FromMilliseconds(100));
        Assert.StartsWith("\e[1A\raaaaaaaaaaaa: Downloading", Drawn());
    }

    [Fact]
    public void A_transfer_shows_its_speed()
    {
        using TransferBars bars = Bars();
        bars.Report(s_first, TransferPhase.Downloading, 0, 100_000_000);
        _time.Pass(TimeSpan.FromSeconds(2));
        bars.Report(s_first, TransferPhase.Downloading, 10_000_000, 100_000_000);
        Drawn();
        _time.Pass(TimeSpan.FromMilliseconds(100));
        Assert.Contains("] 10MB/100MB 5MB/s\e[K", Drawn());
    }

    [Theory]
    [InlineData(80)]
    [InlineData(50)]
    [InlineData(30)]
    [InlineData(10)]
    public void No_line_is_wider_than_the_terminal(int columns)
    {
        _size = new TerminalSize(24, (ushort)columns);
        using TransferBars bars = Bars();
        bars.Report(s_first, TransferPhase.Downloading, 123_456_789, 987_654_321);
        _time.Pass(TimeSpan.FromMilliseconds(100));
        string line = Drawn().TrimStart('\r').Split("\e[K")[0];
        Assert.InRange(line.Length, 1, columns - 1);
    }

    [Fact]
    public void More_layers_than_rows_are_counted()
    {
        _size = new TerminalSize(5, 80);
        using TransferBars bars = Bars();
        for (int i = 0; i < 10; i++)
        {
            bars.Report(Digest.Of([(byte)i]), i == 9 ? TransferPhase.Downloading : TransferPhase.PullComplete, 1, 2);
        }

        _time.Pass(TimeSpan.FromMilliseconds(100));
        string[] lines = Drawn().Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.Contains("Downloading", lines[0]);
        Assert.Equal("and 7 more layers\e[K", lines[3]);
    }

    [Fact]
    public void A_line_stands_above_the_bars_and_the_last_state_stays()
    {
        TransferBars bars = Bars();
        bars.Report(s_first, TransferPhase.Pushing, 1, 2);
        bars.Say("mounted");
        Assert.StartsWith("\rmounted\e[K\naaaaaaaaaaaa: Pushing", Drawn());
        bars.Say("again");
        Assert.StartsWith("\e[1A\ragain\e[K\naaaaaaaaaaaa: Pushing", Drawn());
        bars.Report(s_first, TransferPhase.Pushed, 2, 2);
        bars.Dispose();
        Assert.Equal("\e[1A\raaaaaaaaaaaa: Pushed\e[K\n\e[J", Drawn());
    }

    [Fact]
    public void Colors_are_for_what_is_done()
    {
        using TransferBars bars = new(_text.Write, () => _size, isColored: true, _time);
        bars.Report(s_first, TransferPhase.PullComplete, 2, 2);
        _time.Pass(TimeSpan.FromMilliseconds(100));
        Assert.Contains("aaaaaaaaaaaa: \e[32mPull complete\e[0m", Drawn());
    }

    public void Dispose() => _text.Dispose();

    private TransferBars Bars() => new(_text.Write, () => _size, isColored: false, _time);

    private string Drawn()
    {
        string text = _text.ToString();
        _text.GetStringBuilder().Clear();
        return text;
    }

    /// <summary>A clock that a test moves; its timer fires once each time it is moved.</summary>
    private sealed class ManualTime : TimeProvider
    {
        private long _now;
        private Action? _tick;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _tick = () => callback(state);
            return new NoTimer();
        }

        public void Pass(TimeSpan time)
        {
            _now += time.Ticks;
            _tick?.Invoke();
        }
    }

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
