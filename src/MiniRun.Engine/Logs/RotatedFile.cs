using System.Globalization;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Logs;

/// <summary>The file being written and, beside it, its predecessors: NAME.1 is the newest of them.</summary>
internal sealed class RotatedFile : IDisposable
{
    private const uint Mode = 0x1a0; // 0640, as docker's
    private const byte Newline = (byte)'\n';

    private readonly string _name;
    private long _size;
    private long _rotateAt;

    /// <summary>Whether the file ends in a part of a record: a writer was killed, or could not take it back.</summary>
    private bool _isTorn;

    private RotatedFile(FileDescriptor folder, FileDescriptor file, string name, LogOptions options)
    {
        Folder = folder;
        File = file;
        Options = options;
        _name = name;
        _rotateAt = options.MaxSize > 0 ? options.MaxSize : long.MaxValue;
        _size = (long)FileStatus.Of(File, name).Size;
        Span<byte> last = [Newline];
        HostFile.ReadAt(File, last, Math.Max(0, _size - 1), name);
        _isTorn = last[0] != Newline;
    }

    internal FileDescriptor Folder { get; }

    internal FileDescriptor File { get; private set; }

    internal LogOptions Options { get; }

    /// <summary>Makes the file where it is missing.</summary>
    /// <exception cref="SyscallException">It cannot be made or opened.</exception>
    internal static RotatedFile Open(FileDescriptor folder, string name, LogOptions options)
    {
        FileDescriptor own = folder.Duplicate();
        try
        {
            return Resume(own, Make(own, name, 0), name, options);
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    /// <summary>Goes on with a file that is open already; both descriptors become its own.</summary>
    /// <exception cref="SyscallException">It cannot be read.</exception>
    internal static RotatedFile Resume(FileDescriptor folder, FileDescriptor file, string name, LogOptions options) => new(folder, file, name, options);

    /// <summary>The name of a file's predecessor; 1 is the newest.</summary>
    internal static string NumberedName(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}.{number}");

    /// <summary>Whether the next record belongs in a new file, when so many bytes still wait for this one. As docker's, a file ends with the record that reaches the limit.</summary>
    internal bool IsFull(int waiting) => _size + waiting >= _rotateAt;

    /// <summary>Writes whole records at the end. What cannot be written whole is not there at all.</summary>
    /// <param name="records">Each ends in the only newline it has.</param>
    /// <param name="error">Why not all of them were written; 0 where they were.</param>
    /// <returns>The bytes written, whole records.</returns>
    internal int Append(ReadOnlySpan<byte> records, out Errno error)
    {
        error = EndTornRecord();
        int written = 0;
        while (error == 0 && written < records.Length)
        {
            error = HostFile.TryWrite(File, records[written..], out int count);
            written += count;
        }

        int whole = written == records.Length ? written : records[..written].LastIndexOf(Newline) + 1;
        if (whole < written)
        {
            TakeBack(written - whole);
        }

        _size += whole;
        return whole;
    }

    /// <summary>Goes on in a new file. Where that is impossible, goes on in the old one and tries again when as much has been written again.</summary>
    /// <returns>Why it was impossible, as a line; null where it was not.</returns>
    internal string? Rotate()
    {
        string fresh = $".{_name}.new";
        try
        {
            // The new file comes first: a full disk is then found out before anything has moved, and the name is never without a file.
            FileDescriptor file = Make(Folder, fresh, OpenFlags.O_TRUNC);
            try
            {
                ShiftPredecessors();
                HostDirectory.Rename(Folder, fresh, _name);
            }
            catch
            {
                file.Dispose();
                throw;
            }

            File.Dispose();
            File = file;
            _size = 0;
            _isTorn = false;
            _rotateAt = Options.MaxSize;
            return null;
        }
        catch (SyscallException failure)
        {
            _rotateAt = _size + Options.MaxSize;
            return failure.Message;
        }
    }

    public void Dispose()
    {
        File.Dispose();
        Folder.Dispose();
    }

    private static FileDescriptor Make(FileDescriptor folder, string name, int flags) =>
        HostFile.OpenAt(folder, name, OpenFlags.O_RDWR | OpenFlags.O_APPEND | OpenFlags.O_CREAT | OpenFlags.O_NOFOLLOW | flags, Mode);

    /// <summary>NAME becomes NAME.1, that NAME.2, and so on; the oldest goes. With one file in all, NAME itself goes when the new one gets its name.</summary>
    private void ShiftPredecessors()
    {
        if (Options.MaxFile == 1)
        {
            return;
        }

        int oldest = 1;
        while (oldest < Options.MaxFile - 1 && FileStatus.OfEntry(Folder, NumberedName(_name, oldest)) is not null)
        {
            oldest++;
        }

        for (int number = oldest; number > 1; number--)
        {
            HostDirectory.Rename(Folder, NumberedName(_name, number - 1), NumberedName(_name, number));
        }

        HostDirectory.Rename(Folder, _name, NumberedName(_name, 1));
    }

    private Errno EndTornRecord()
    {
        if (!_isTorn)
        {
            return 0;
        }

        Errno error = HostFile.TryWrite(File, [Newline], out int count);
        _isTorn = count == 0;
        _size += count;
        return error;
    }

    /// <summary>Takes back the part of a record that a full disk let through. Counted from the real end: others may have truncated the file since.</summary>
    private void TakeBack(int count)
    {
        try
        {
            HostFile.Truncate(File, Math.Max(0, (long)FileStatus.Of(File, _name).Size - count), _name);
        }
        catch (SyscallException)
        {
            _isTorn = true;
            _size += count;
        }
    }
}
