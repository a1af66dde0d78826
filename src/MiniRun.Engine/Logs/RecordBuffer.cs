namespace MiniRun.Engine.Logs;

/// <summary>Whole records on their way to the file.</summary>
internal sealed class RecordBuffer
{
    private const int FullLength = 64 << 10;

    // A record is never written in two parts, so the longest one fits behind an almost full buffer. The kernel gives memory to the pages
    // that are used, and those beyond FullLength hardly ever are.
    private const int Capacity = FullLength + (JsonText.MaxGrowth * LineSplitter.MaxLength) + RecordEnd.MaxLength + 16;

    private byte[]? _bytes;

    /// <summary>Bytes that wait.</summary>
    internal int Length { get; private set; }

    internal bool IsFull => Length >= FullLength;

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Adds a record; the buffer must not be full.</summary>
    /// <param name="text">At most <see cref="LineSplitter.MaxLength"/> bytes, without a newline.</param>
    /// <param name="endsLine">Whether the line ends with them.</param>
    /// <param name="end">The record's stream and time.</param>
    internal void Append(ReadOnlySpan<byte> text, bool endsLine, ReadOnlySpan<byte> end)
    {
        _bytes ??= GC.AllocateUninitializedArray<byte>(Capacity);
        Span<byte> room = _bytes.AsSpan(Length);
        ReadOnlySpan<byte> start = "{\"log\":\""u8;
        start.CopyTo(room);
        int length = start.Length;
        length += JsonText.Escape(text, room[length..]);
        if (endsLine)
        {
            "\\n"u8.CopyTo(room[length..]);
            length += 2;
        }

        end.CopyTo(room[length..]);
        Length += length + end.Length;
    }

    internal void Clear() => Length = 0;
}
