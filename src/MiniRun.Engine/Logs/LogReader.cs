using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Logs;

/// <summary>Shows a log: its files from the oldest on, and what comes while it is followed. Rotation and truncation meanwhile are survived.</summary>
public sealed class LogReader : IDisposable
{
    // Milliseconds between two looks at a followed log: soon after something came, rarer where nothing does.
    private const int FirstPause = 5;
    private const int LongestPause = 100;

    private readonly LogFiles _log;
    private readonly LogQuery _query;
    private readonly LogOutput _output;
    private readonly LogRecord _record = new();
    private readonly byte[] _timestamp = new byte[LogTime.FormattedLength + 1];

    /// <summary>Whether each stream's next record begins a line.</summary>
    private readonly bool[] _beginsLine = [true, true];

    /// <summary>Those not read to their end yet, the oldest first; the last one may grow.</summary>
    private List<LineFile> _files = [];
    private long _damaged;
    private bool _isPastUntil;

    /// <param name="folder">The container's folder; stays open until the end.</param>
    /// <param name="name">See <see cref="ContainerLog.FileName"/>.</param>
    /// <param name="query">What to show.</param>
    /// <param name="output">Where.</param>
    public LogReader(FileDescriptor folder, string name, LogQuery query, LogOutput output)
    {
        _log = new LogFiles(folder, name);
        _query = query;
        _output = output;
    }

    /// <summary>Shows it.</summary>
    /// <param name="ended">Whether nothing is written any more; asked before a look at the files that may be the last one.</param>
    /// <returns>How many lines were left out because they are no records.</returns>
    /// <exception cref="SyscallException">EPIPE: nobody reads the output any more; or a kernel call failed.</exception>
    public long Read(Func<bool> ended)
    {
        _files = _log.Open();
        SeekTail();
        int pause = FirstPause;
        bool any = false;
        while (true)
        {
            // Who still writes has not ended: it costs less to look once more than to ask.
            bool hasEnded = !any && ended();
            bool isLast = hasEnded || !_query.Follow || LogTime.Now > _query.Until;
            any = ReadAvailable();
            pause = any ? FirstPause : Math.Min(pause * 2, LongestPause);
            _output.Flush();
            if (isLast || _isPastUntil || !_output.Wait(pause))
            {
                Leave(_files, hasEnded);
                return _damaged;
            }
        }
    }

    public void Dispose() => LogFiles.Close(_files);

    private void SeekTail()
    {
        if (_query.Tail is not { } wanted)
        {
            return;
        }

        int first = _files.Count;
        // The newest one always: with a tail of 0 its end is where following begins.
        while (first > 0 && (wanted > 0 || first == _files.Count))
        {
            first--;
            wanted -= _files[first].SeekTail(wanted);
        }

        LogFiles.Close(_files[..first]);
        _files = _files[first..];
    }

    /// <summary>Reads all there is; whether there was anything.</summary>
    private bool ReadAvailable()
    {
        bool any = false;
        while (!_isPastUntil)
        {
            any |= _files.Count > 0 && ReadToEnd(_files[0]);
            if (_files.Count <= 1 && !AddSuccessors())
            {
                break;
            }

            if (_files.Count > 1)
            {
                // Whoever has a successor is not written any more; what came before it had one is read now.
                any |= ReadToEnd(_files[0]);
                Leave(_files[..1], isComplete: true);
                _files.RemoveAt(0);
            }
        }

        return any;
    }

    private bool AddSuccessors()
    {
        List<LineFile> successors = _query.Follow ? _log.OpenAfter(_files.Count > 0 ? _files[^1] : null) : [];
        _files.AddRange(successors);
        return successors.Count > 0;
    }

    private bool ReadToEnd(LineFile file)
    {
        bool any = false;
        while (!_isPastUntil && file.Next(out ReadOnlySpan<byte> line))
        {
            any = true;
            if (_record.TryRead(line))
            {
                Show();
            }
            else
            {
                _damaged++;
            }
        }

        return any;
    }

    /// <param name="files">Those.</param>
    /// <param name="isComplete">Whether a line without an end will never have one: else it is being written just now.</param>
    private void Leave(List<LineFile> files, bool isComplete)
    {
        foreach (LineFile file in files)
        {
            _damaged += file.TooLong + (isComplete && file.HasRest ? 1 : 0);
            file.Dispose();
        }
    }

    private void Show()
    {
        if (_record.Time > _query.Until)
        {
            _isPastUntil = true;
            return;
        }

        if (_record.Time < _query.Since)
        {
            return;
        }

        if (_beginsLine[(int)_record.Stream])
        {
            ShowPrefix();
        }

        _output.Write(_record.Stream, _record.Text);
        _beginsLine[(int)_record.Stream] = _record.Text is [] or [.., (byte)'\n'];
    }

    private void ShowPrefix()
    {
        if (_query.Timestamps)
        {
            _record.Time.Format(_timestamp);
            _timestamp[^1] = (byte)' ';
            _output.Write(_record.Stream, _timestamp);
        }

        if (_query.Details)
        {
            _output.Write(_record.Stream, " "u8);
        }
    }
}
