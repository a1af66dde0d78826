using MiniRun.Linux.DBus;

namespace MiniRun.Linux.Systemd;

/// <summary>systemd, the system's or the user's, as the maker and keeper of cgroups (org.freedesktop.systemd1(5)).</summary>
public sealed class SystemdManager : IDisposable
{
    private const string Name = "org.freedesktop.systemd1";
    private const string Path = "/org/freedesktop/systemd1";
    private const string Manager = Name + ".Manager";
    private const string NoSuchUnit = Name + ".NoSuchUnit";

    // As long as runc waits for a unit to start.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    private readonly BusConnection _bus;

    private SystemdManager(BusConnection bus) => _bus = bus;

    /// <summary>Connects to the system's manager or to the user's.</summary>
    /// <exception cref="MiniRunException">There is no bus, or no manager on it.</exception>
    public static SystemdManager Open(bool user) =>
        new(BusConnection.Open(user ? BusAddress.OfUser(Environment.GetEnvironmentVariable) : BusAddress.OfSystem(Environment.GetEnvironmentVariable), AnswerTime));

    /// <summary>The manager's own cgroup, below which its units' are: "" for the system's, "/user.slice/user-1000.slice/user@1000.service" for a user's.</summary>
    /// <exception cref="MiniRunException">systemd did not answer.</exception>
    public string ControlGroup()
    {
        Message answer = _bus.Call(Name, Path, "org.freedesktop.DBus.Properties", "Get", "ss", writer =>
        {
            writer.String(Manager);
            writer.String("ControlGroup");
        });
        MessageReader reader = new(answer.Body.Span);
        return reader.Variant() is string group ? group : throw new MiniRunException("systemd: its ControlGroup is no text");
    }

    /// <summary>
    /// Has the scope made with a process in it, delegated: what is below it is the container's own. Returns when systemd
    /// has done so and has given it these properties.
    /// </summary>
    /// <exception cref="MiniRunException">systemd refused; nothing is made.</exception>
    public void StartScope(SystemdScope scope, int pid, string description, IReadOnlyList<UnitProperty> properties)
    {
        HearOfJobs();
        Message begun = Call("StartTransientUnit", "ssa(sv)a(sa(sv))", writer =>
        {
            writer.String(scope.Unit);
            writer.String("fail");
            WriteProperties(writer, [.. Own(scope, pid, description), .. properties]);
            writer.Array(8, static _ => { });
        });
        string result = Wait(begun);
        if (result != "done")
        {
            throw new MiniRunException($"systemd could not start {scope.Unit}: {OneLine.Of(result)}: see systemctl {(scope.User ? "--user " : "")}status {scope.Unit}, and the journal");
        }
    }

    /// <summary>Changes properties of a unit until it ends; returns when they are in force.</summary>
    /// <exception cref="MiniRunException">systemd refused; nothing is changed.</exception>
    public void SetProperties(string unit, IReadOnlyList<UnitProperty> properties)
    {
        Call("SetUnitProperties", "sba(sv)", writer =>
        {
            writer.String(unit);
            writer.Boolean(true);
            WriteProperties(writer, properties);
        });

        // systemd answers before it writes to the cgroup, but writes before it reads the next call.
        _bus.Call(Name, Path, "org.freedesktop.DBus.Peer", "Ping");
    }

    /// <summary>Stops a unit and waits until it is gone. One that is gone already (a scope ends with its last process) is none to stop.</summary>
    /// <exception cref="MiniRunException">systemd refused, or did not stop it in time.</exception>
    public void StopUnit(string unit)
    {
        try
        {
            HearOfJobs();
            Wait(Call("StopUnit", "ss", writer =>
            {
                writer.String(unit);
                writer.String("replace");
            }));
        }
        catch (DBusException gone) when (gone.Name == NoSuchUnit)
        {
        }
    }

    public void Dispose() => _bus.Dispose();

    private static UnitProperty[] Own(SystemdScope scope, int pid, string description) =>
    [
        new("Description", description),
        new("Slice", scope.Slice),
        new("PIDs", new[] { (uint)pid }),
        new("Delegate", true),
        new("DefaultDependencies", false),
        // Without this a scope that failed would keep its name.
        new("CollectMode", "inactive-or-failed"),
        new("CPUAccounting", true),
        new("IOAccounting", true),
        new("MemoryAccounting", true),
        new("TasksAccounting", true),
    ];

    private Message Call(string member, string signature = "", Action<MessageWriter>? arguments = null) => _bus.Call(Name, Path, Manager, member, signature, arguments);

    /// <summary>Signals are sent to subscribers only, and only those that a match asks for reach us.</summary>
    private void HearOfJobs()
    {
        _bus.Match($"type='signal',sender='{Name}',path='{Path}',interface='{Manager}',member='JobRemoved'");
        Call("Subscribe");
    }

    /// <summary>The job that a call has begun.</summary>
    private static string Job(Message answer)
    {
        MessageReader reader = new(answer.Body.Span);
        return reader.String();
    }

    /// <summary>Waits until the job has ended that a call began; returns how: "done", "failed", "timeout" and others.</summary>
    private string Wait(Message begun)
    {
        string job = Job(begun);
        string result = "";
        _bus.WaitForSignal(begun.Sender, "JobRemoved", signal =>
        {
            MessageReader reader = new(signal.Body.Span);
            _ = reader.UInt32();
            if (reader.String() != job)
            {
                return false;
            }

            _ = reader.String();
            result = reader.String();
            return true;
        });
        return result;
    }

    private static void WriteProperties(MessageWriter writer, IReadOnlyList<UnitProperty> properties) => writer.Array(8, _ =>
    {
        foreach (UnitProperty property in properties)
        {
            writer.Align(8);
            writer.String(property.Name);
            writer.Variant(property.Value);
        }
    });
}
