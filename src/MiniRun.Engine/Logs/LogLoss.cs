using System.Globalization;
using System.Text;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Logs;

/// <summary>Records that could not be written, until the log itself tells of them.</summary>
internal sealed class LogLoss
{
    private long _lines;
    private long _bytes;
    private Errno _reason;

    internal bool Any => _lines > 0;

    internal void Add(ReadOnlySpan<byte> records, Errno reason)
    {
        _lines += records.Count((byte)'\n');
        _bytes += records.Length;
        _reason = reason;
    }

    internal void Clear() => (_lines, _bytes) = (0, 0);

    /// <summary>The line that tells of it.</summary>
    internal byte[] Remark() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"minirun: {_lines} {(_lines == 1 ? "line" : "lines")} ({_bytes} bytes of this log) are lost: {_reason.Reason()}"));
}
