using System.Globalization;
using MiniRun.Engine.Logs;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Monitoring;

/// <summary>
/// What a monitor that has just started its program needs to go on in a new program (see <see cref="ContainerMonitor.Resume"/>), as
/// numbers in one word of that program's command line: for the most part those of descriptors.
/// </summary>
internal sealed record MonitorHandOver
{
    /// <summary>The monitor's lock.</summary>
    internal required FileDescriptor Alone { get; init; }

    internal required FileDescriptor Listener { get; init; }

    internal required IReadOnlyList<(FileDescriptor Socket, AttachedStreams? Streams)> Clients { get; init; }

    /// <summary>See <see cref="AttachServer.Size"/>.</summary>
    internal required TerminalSize Size { get; init; }

    /// <summary>Whether the end of a client's input is that of the program's.</summary>
    internal required bool InputOnce { get; init; }

    /// <summary>Null where the container has no log; its file then too.</summary>
    internal required FileDescriptor? LogFolder { get; init; }

    internal required FileDescriptor? LogFile { get; init; }

    internal required LogOptions Log { get; init; }

    /// <summary>The program's pidfd.</summary>
    internal required FileDescriptor Program { get; init; }

    internal required FileDescriptor? Terminal { get; init; }

    internal required FileDescriptor? Input { get; init; }

    internal required FileDescriptor? Output { get; init; }

    internal required FileDescriptor? Errors { get; init; }

    internal required bool Interactive { get; init; }

    internal required StopTerms Stop { get; init; }

    /// <summary>When the program was started, in milliseconds of the monotonic clock.</summary>
    internal required long Begun { get; init; }

    internal required int Restarts { get; init; }

    /// <summary>See <see cref="RestartDelay.Coming"/>.</summary>
    internal required int Delay { get; init; }

    /// <summary>The word, and has its descriptors stay open.</summary>
    internal string Word(OwnProgram program)
    {
        List<long> numbers =
        [
            program.Keep(Alone), program.Keep(Listener), Size.Rows, Size.Columns, InputOnce ? 1 : 0,
            program.Keep(LogFolder), program.Keep(LogFile), Log.MaxSize, Log.MaxFile,
            program.Keep(Program), program.Keep(Terminal), program.Keep(Input), program.Keep(Output), program.Keep(Errors), Interactive ? 1 : 0,
            Stop.Signal, Stop.Seconds, Begun, Restarts, Delay,
        ];
        foreach ((FileDescriptor socket, AttachedStreams? streams) in Clients)
        {
            numbers.Add(program.Keep(socket));
            numbers.Add(streams is { } wanted ? (long)wanted : -1);
        }

        return string.Join(',', numbers);
    }

    /// <exception cref="MiniRunException">It is no such word, or a descriptor is not open.</exception>
    internal static MonitorHandOver Parse(string word) => Numbers(word) is
        [
            var alone, var listener, var rows, var columns, var inputOnce,
            var logFolder, var logFile, var maxSize, var maxFile,
            var program, var terminal, var input, var output, var errors, var interactive,
            var signal, var seconds, var begun, var restarts, var delay,
            .. var clients,
        ]
        ? new MonitorHandOver
        {
            Alone = Taken(alone),
            Listener = Taken(listener),
            Clients = ClientsOf(clients),
            Size = new TerminalSize((ushort)rows, (ushort)columns),
            InputOnce = inputOnce != 0,
            LogFolder = OwnProgram.Take(logFolder),
            LogFile = OwnProgram.Take(logFile),
            Log = new LogOptions { MaxSize = maxSize, MaxFile = (int)maxFile },
            Program = Taken(program),
            Terminal = OwnProgram.Take(terminal),
            Input = OwnProgram.Take(input),
            Output = OwnProgram.Take(output),
            Errors = OwnProgram.Take(errors),
            Interactive = interactive != 0,
            Stop = new StopTerms((int)signal, (int)seconds),
            Begun = begun,
            Restarts = (int)restarts,
            Delay = (int)delay,
        }
        : throw Damaged();

    private static List<(FileDescriptor Socket, AttachedStreams? Streams)> ClientsOf(long[] numbers)
    {
        List<(FileDescriptor, AttachedStreams?)> clients = [];
        for (int i = 0; i < numbers.Length; i += 2)
        {
            long streams = i + 1 < numbers.Length ? numbers[i + 1] : throw Damaged();
            clients.Add((Taken(numbers[i]), streams < 0 ? null : (AttachedStreams)streams));
        }

        return clients;
    }

    private static long[] Numbers(string word)
    {
        string[] parts = word.Split(',');
        long[] numbers = new long[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            numbers[i] = long.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : throw Damaged();
        }

        return numbers;
    }

    private static FileDescriptor Taken(long number) => OwnProgram.Take(number) ?? throw Damaged();

    private static MiniRunException Damaged() => new("what this monitor was handed over is damaged");
}
