namespace MiniRun.Engine.Logs;

/// <summary>One output of the program: its lines, and the times of their records.</summary>
internal sealed class StreamRecords(LogStream stream)
{
    private readonly RecordEnd _end = new(stream);
    private DateTimeOffset? _partTime;

    internal LineSplitter Lines { get; } = new();

    /// <summary>When something came last.</summary>
    internal DateTimeOffset LastTime { get; set; }

    /// <summary>The end of the next record. All parts of a line have the time of its first, as with docker.</summary>
    internal ReadOnlySpan<byte> End(bool endsLine)
    {
        DateTimeOffset time = _partTime ?? LastTime;
        _partTime = endsLine ? null : time;
        return _end.At(time);
    }
}
