namespace MiniRun.Linux.Cgroups;

/// <summary>RDMA resources: rdma.max. Source: cgroup-v2.rst, "RDMA".</summary>
public static class RdmaController
{
    /// <summary>Limits one device; null is unset.</summary>
    /// <exception cref="MiniRunException">The device's name cannot be one.</exception>
    public static IReadOnlyList<CgroupWrite> Translate(string device, uint? hcaHandles, uint? hcaObjects)
    {
        if (device.Length == 0 || device.AsSpan().ContainsAny(" \t\n/="))
        {
            throw new MiniRunException($"RDMA device \"{device}\": not a device name (see /sys/class/infiniband)");
        }

        string line = device
            + (hcaHandles is { } handles ? " hca_handle=" + Number.Text(handles) : "")
            + (hcaObjects is { } objects ? " hca_object=" + Number.Text(objects) : "");
        return line.Length == device.Length ? [] : [new("rdma.max", line)];
    }
}
