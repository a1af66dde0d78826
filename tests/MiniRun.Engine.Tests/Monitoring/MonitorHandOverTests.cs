using System.Globalization;
using System.Reflection;
using MiniRun.Engine.Logs;
using MiniRun.Engine.Monitoring;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Tests.Monitoring;

public sealed class MonitorHandOverTests
{
    [Fact]
    public void Everything_comes_over() => AssertComesOver(Least() with
    {
        Clients = [(Open(), AttachedStreams.All), (Open(), AttachedStreams.None), (Open(), null)],
        Size = new TerminalSize(33, 77),
        InputOnce = true,
        LogFolder = Open(),
        LogFile = Open(),
        Log = new LogOptions { MaxSize = 1 << 20, MaxFile = 3 },
        Terminal = Open(),
        Input = Open(),
        Output = Open(),
        Errors = Open(),
        Interactive = true,
        Stop = new StopTerms(10, -1),
        Begun = 123_456_789_012,
        Restarts = 5,
        Delay = 60_000,
    });

    [Fact]
    public void What_is_missing_is_missing_there_too() => AssertComesOver(Least());

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("3,4")]
    [InlineData("2,2,0,0,0,-1,-1,-1,1,2,-1,-1,-1,-1,0,15,10,1,0,100")]
    [InlineData("-1,-1,0,0,0,-1,-1,-1,1,-1,-1,-1,-1,-1,0,15,10,1,0,100")]
    [InlineData("99999,99999,0,0,0,-1,-1,-1,1,99999,-1,-1,-1,-1,0,15,10,1,0,100")]
    public void A_word_that_names_no_descriptors_is_refused(string word) => Assert.ThrowsAny<MiniRunException>(() => MonitorHandOver.Parse(word));

    private static MonitorHandOver Least() => new()
    {
        Alone = Open(),
        Listener = Open(),
        Clients = [],
        Size = default,
        InputOnce = false,
        LogFolder = null,
        LogFile = null,
        Log = new LogOptions(),
        Program = Open(),
        Terminal = null,
        Input = null,
        Output = null,
        Errors = null,
        Interactive = false,
        Stop = new StopTerms(15, 10),
        Begun = 1,
        Restarts = 0,
        Delay = 100,
    };

    private static void AssertComesOver(MonitorHandOver handOver)
    {
        string before = Text(handOver);
        Assert.Equal(before, Text(MonitorHandOver.Parse(handOver.Word(new OwnProgram()))));
    }

    /// <summary>A descriptor that only whoever is handed it closes, as after execve.</summary>
    private static FileDescriptor Open()
    {
        FileDescriptor file = HostFile.Open("/dev/null", OpenFlags.O_RDONLY);
        int number = int.Parse(Path.GetFileName(file.ProcPath()), CultureInfo.InvariantCulture);
        file.SetHandleAsInvalid();
        return FileDescriptor.Borrow(number);
    }

    /// <summary>Every property of it and of what it consists of: one that is forgotten in the hand-over differs.</summary>
    private static string Text(object? value) => value switch
    {
        null => "null",
        FileDescriptor file => file.ProcPath(),
        string or Enum => $"{value}",
        IConvertible number => number.ToString(CultureInfo.InvariantCulture),
        System.Runtime.CompilerServices.ITuple pair => $"({Text(pair[0])}, {Text(pair[1])})",
        System.Collections.IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Text))}]",
        _ => $"{{{string.Join(", ", value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(property => property.Name != "EqualityContract").Select(property => $"{property.Name} {Text(property.GetValue(value))}"))}}}",
    };
}
