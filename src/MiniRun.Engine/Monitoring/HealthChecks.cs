using System.Text;
using MiniRun.Engine.Containers;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Monitoring;

/// <summary>Asks a running container for its health again and again, on a thread of its own, which only containers with a check have.</summary>
internal sealed class HealthChecks : IDisposable
{
    private const int MostOutput = 4096; // docker's

    private readonly HealthPlan _plan;
    private readonly ExecContainer _exec;
    private readonly ContainerId _id;
    private readonly Action<ContainerHealth> _found;
    private readonly Pipe _stop = Pipe.Create();
    private readonly Thread _thread;

    /// <param name="plan">What to ask, and when.</param>
    /// <param name="exec">Runs the check.</param>
    /// <param name="id">The container.</param>
    /// <param name="found">Told after each check, on the thread of the checks.</param>
    internal HealthChecks(HealthPlan plan, ExecContainer exec, ContainerId id, Action<ContainerHealth> found)
    {
        _plan = plan;
        _exec = exec;
        _id = id;
        _found = found;
        _thread = new Thread(Run, 256 << 10) { IsBackground = true, Name = "health" };
        _thread.Start();
    }

    /// <summary>Ends a check that runs, and waits for that.</summary>
    public void Dispose()
    {
        HostFile.WriteAll(_stop.WriteEnd, "."u8, "health checks' pipe");
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        long startEnds = Environment.TickCount64 + _plan.StartPeriod;
        ContainerHealth health = new();
        while (true)
        {
            bool starting = Environment.TickCount64 < startEnds;
            bool begins = starting && health.Status == "starting";
            if (!WaitFor(begins ? _plan.StartInterval : _plan.Interval))
            {
                return;
            }

            HealthResult? result = Check();
            if (result is null)
            {
                return;
            }

            health = health.After(result, _plan.Retries, starting);
            _found(health);
        }
    }

    /// <summary>False where the checks are to end.</summary>
    private bool WaitFor(int milliseconds)
    {
        Poll poll = new();
        poll.Add(_stop.ReadEnd);
        return poll.Wait(milliseconds) == 0;
    }

    /// <summary>One check; null where the checks are to end.</summary>
    private HealthResult? Check()
    {
        DateTimeOffset start = DateTimeOffset.UtcNow;
        try
        {
            using Pipe output = Pipe.Create();
            HostFile.SetNonBlocking(output.ReadEnd); // the check may read its own output away
            using FileDescriptor nothing = HostFile.Open("/dev/null", OpenFlags.O_RDONLY);
            using AttendedProcess process = _exec.Attend(new ExecChoices { Container = _id.Value, Command = _plan.Command }, new Stdio(nothing, output.WriteEnd, output.WriteEnd));
            output.WriteEnd.Dispose();
            return Attend(process, output.ReadEnd, start);
        }
        catch (MiniRunException failure)
        {
            return new HealthResult(start, DateTimeOffset.UtcNow, -1, failure.Message);
        }
    }

    private HealthResult? Attend(AttendedProcess process, FileDescriptor output, DateTimeOffset start)
    {
        byte[] said = new byte[MostOutput];
        byte[] rest = new byte[MostOutput];
        int count = 0;
        bool open = true;
        long deadline = Environment.TickCount64 + _plan.Timeout;
        Poll poll = new();
        while (true)
        {
            poll.Clear();
            int end = poll.Add(process.End);
            int stop = poll.Add(_stop.ReadEnd);
            int text = open ? poll.Add(output) : -1;
            poll.Wait((int)Math.Max(0, deadline - Environment.TickCount64));
            if (text >= 0 && poll.IsReadable(text))
            {
                // What does not fit is read and dropped, or the check would wait for a reader.
                Span<byte> room = count < said.Length ? said.AsSpan(count) : rest;
                int read = ReadSome(output, room);
                open = read != 0;
                count += count < said.Length ? Math.Max(0, read) : 0;
            }

            if (poll.IsReadable(end))
            {
                return new HealthResult(start, DateTimeOffset.UtcNow, process.Wait().Status, Encoding.UTF8.GetString(said, 0, count));
            }

            // Not after the output: a check that says something all the time has no more time than another.
            if (poll.IsReadable(stop) || Environment.TickCount64 >= deadline)
            {
                process.Signal(Signals.SIGKILL);
                process.Wait();
                return poll.IsReadable(stop)
                    ? null
                    : new HealthResult(start, DateTimeOffset.UtcNow, -1, $"Health check exceeded timeout ({TimeSpan.FromMilliseconds(_plan.Timeout).TotalSeconds}s): {Encoding.UTF8.GetString(said, 0, count)}");
            }
        }
    }

    /// <summary>Zero at the end, -1 where there is nothing now.</summary>
    private static int ReadSome(FileDescriptor output, Span<byte> room)
    {
        try
        {
            return HostFile.Read(output, room, "the health check's output");
        }
        catch (SyscallException none) when (none.Errno == Errno.EAGAIN)
        {
            return -1;
        }
    }
}
