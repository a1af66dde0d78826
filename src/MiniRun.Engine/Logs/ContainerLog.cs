using System.Text;
using MiniRun.Linux.Interop;
using MiniRun.Runtime;

namespace MiniRun.Engine.Logs;

/// <summary>
/// Writes a container's output as docker's json-file log: a JSON object a line, rotated by size. Used by one thread.
/// Once open it never fails: what a full disk does not take is dropped, and the log says how much when it takes lines again.
/// </summary>
public sealed class ContainerLog : IDisposable
{
    private readonly RotatedFile _file;
    private readonly RecordBuffer _buffer = new();
    private readonly StreamRecords _stdout = new(LogStream.Stdout);
    private readonly StreamRecords _stderr = new(LogStream.Stderr);
    private readonly RecordEnd _remarkEnd = new(LogStream.Stderr);
    private readonly LogLoss _loss = new();

    /// <summary>The bytes at the buffer's start that tell of a loss.</summary>
    private int _remarkLength;

    private ContainerLog(RotatedFile file)
    {
        _file = file;
    }

    /// <summary>The name of a container's log in its folder; docker's.</summary>
    public static string FileName(ContainerId id) => $"{id.Value}-json.log";

    /// <summary>Opens a log for writing at its end, and makes it where it is missing (mode 0640).</summary>
    /// <param name="folder">The container's folder; needed during the call only.</param>
    /// <param name="name">See <see cref="FileName"/>.</param>
    /// <param name="options">Of the json-file driver.</param>
    /// <exception cref="SyscallException">It cannot be made or opened.</exception>
    public static ContainerLog Open(FileDescriptor folder, string name, LogOptions options) => new(RotatedFile.Open(folder, name, options));

    /// <summary>Goes on with a log that another process has opened, and not written to since it flushed it.</summary>
    /// <param name="folder">Becomes the log's own, as the file does.</param>
    /// <exception cref="SyscallException">It cannot be read.</exception>
    internal static ContainerLog Resume(FileDescriptor folder, FileDescriptor file, string name, LogOptions options) => new(RotatedFile.Resume(folder, file, name, options));

    /// <summary>Where it lies, for <see cref="Resume"/>.</summary>
    internal FileDescriptor Folder => _file.Folder;

    /// <summary>The file that is written now.</summary>
    internal FileDescriptor File => _file.File;

    internal LogOptions Options => _file.Options;

    /// <summary>Logs what was read from one output, however it was cut; whole lines are in the file when this returns. An unfinished one is held, see <see cref="Flush"/>.</summary>
    /// <param name="stream">The output.</param>
    /// <param name="bytes">What was read, of any length.</param>
    /// <param name="time">When; every line that ends in these bytes gets it.</param>
    public void Write(LogStream stream, ReadOnlySpan<byte> bytes, DateTimeOffset time)
    {
        StreamRecords records = stream == LogStream.Stdout ? _stdout : _stderr;
        records.LastTime = time;
        while (records.Lines.Next(ref bytes, out ReadOnlySpan<byte> text, out bool endsLine))
        {
            Append(text, endsLine, records.End(endsLine), time);
        }

        WriteOut();
    }

    /// <summary>Logs the unfinished lines too, as records without a newline: for the end of the outputs.</summary>
    public void Flush()
    {
        FlushLine(_stdout);
        FlushLine(_stderr);
        if (_buffer.Length == 0)
        {
            AppendLoss(_stderr.LastTime > _stdout.LastTime ? _stderr.LastTime : _stdout.LastTime);
        }

        WriteOut();
    }

    /// <summary>Flushes and closes.</summary>
    public void Dispose()
    {
        Flush();
        _file.Dispose();
    }

    private void FlushLine(StreamRecords records)
    {
        ReadOnlySpan<byte> rest = records.Lines.Rest();
        if (rest.Length > 0)
        {
            Append(rest, endsLine: false, records.End(endsLine: false), records.LastTime);
        }
    }

    private void Append(ReadOnlySpan<byte> text, bool endsLine, ReadOnlySpan<byte> end, DateTimeOffset time)
    {
        if (_file.IsFull(_buffer.Length))
        {
            Rotate(time);
        }

        if (_buffer.IsFull)
        {
            WriteOut();
        }

        if (_buffer.Length == 0)
        {
            AppendLoss(time);
        }

        _buffer.Append(text, endsLine, end);
    }

    private void Rotate(DateTimeOffset time)
    {
        WriteOut();
        // What the disk did not take may have made room in the file again.
        if (_file.IsFull(0) && _file.Rotate() is { } failure)
        {
            AppendRemark(Encoding.UTF8.GetBytes($"minirun: this log is over its max-size: {failure}"), time);
        }
    }

    private void AppendLoss(DateTimeOffset time)
    {
        if (_loss.Any)
        {
            AppendRemark(_loss.Remark(), time);
            _remarkLength = _buffer.Length;
        }
    }

    private void AppendRemark(ReadOnlySpan<byte> remark, DateTimeOffset time) => _buffer.Append(remark, endsLine: true, _remarkEnd.At(time));

    private void WriteOut()
    {
        ReadOnlySpan<byte> records = _buffer.Bytes;
        if (records.Length == 0)
        {
            return;
        }

        int written = _file.Append(records, out Errno error);
        if (written >= _remarkLength && _remarkLength > 0)
        {
            _loss.Clear();
        }

        if (written < records.Length)
        {
            _loss.Add(records[Math.Max(written, _remarkLength)..], error);
        }

        _remarkLength = 0;
        _buffer.Clear();
    }
}
