using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>What lies outside the container and init needs: opened here, handed over as numbered descriptors, closed on this side.</summary>
internal sealed class HostDescriptors(LaunchJob job) : IDisposable
{
    private readonly FileDescriptor?[] _slots = new FileDescriptor?[job.Plan.InheritedSlots];
    private readonly IdMapSource _mapping = new(job.Plan);

    /// <summary>The name of the socket on which a created container waits for `start`.</summary>
    public const string StartSocketName = "start.sock";

    /// <summary>Carries out one Host… step.</summary>
    public void Open(LaunchStep step)
    {
        _slots[step.A] = step.Kind switch
        {
            StepKind.HostTree => HostTree.Open(step, _mapping),
            StepKind.HostOverlay => HostOverlay.Open(step, _mapping),
            StepKind.HostDevice => HostDevice.Open(step),
            StepKind.HostNamespace => HostNamespace.Open(step.Text0, (Spec.NamespaceType)step.Argument0),
            StepKind.HostStartSocket => UnixSocket.Listen(job.Folder!, StartSocketName, backlog: 8),
            StepKind.HostProcess => HostProcess.Open(job.Container!),
            _ => throw new InvalidOperationException($"{step.Kind} is no step of the launcher"),
        };
        Faults.Point(step.Kind == StepKind.HostStartSocket ? FaultPoint.StartSocket : FaultPoint.Descriptors);
    }

    /// <summary>The slots' descriptors in order; the last ones are the caller's own, from 3 on.</summary>
    public IReadOnlyList<FileDescriptor> InOrder()
    {
        List<FileDescriptor> all = new(_slots.Length);
        int opened = _slots.Length - job.Plan.PreservedDescriptors;
        for (int i = 0; i < _slots.Length; i++)
        {
            all.Add(i < opened ? _slots[i] ?? throw new InvalidOperationException($"no step fills slot {i}") : FileDescriptor.Borrow(3 + i - opened));
        }

        return all;
    }

    public void Dispose()
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            _slots[i]?.Dispose();
            _slots[i] = null;
        }

        _mapping.Dispose();
    }
}
