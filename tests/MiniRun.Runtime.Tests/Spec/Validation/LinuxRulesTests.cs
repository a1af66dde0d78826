using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

public sealed class LinuxRulesTests
{
    [Fact]
    public void Masked_and_read_only_paths_are_absolute() =>
        Assert.Equal(
            ["linux.maskedPaths[1]: \"proc/kcore\" is not an absolute path", "linux.readonlyPaths[0]: must not be empty"],
            Problems.OfLinux(linux => linux with { MaskedPaths = ["/proc/kcore", "proc/kcore"], ReadonlyPaths = [""] }));

    [Theory]
    [InlineData("/docker/x")]
    [InlineData("docker/x")]
    [InlineData("machine.slice:libpod:x")]
    [InlineData("/a/..b/c...")]
    public void A_cgroup_path_is_absolute_relative_or_systemds(string path) => Assert.Empty(Problems.OfLinux(linux => linux with { CgroupsPath = path }));

    [Theory]
    [InlineData("/a/../../b")]
    [InlineData("..")]
    [InlineData("a/..")]
    public void A_cgroup_path_does_not_climb(string path) =>
        Assert.Equal([$"linux.cgroupsPath: \"{path}\" must not contain \"..\""], Problems.OfLinux(linux => linux with { CgroupsPath = path }));

    [Fact]
    public void A_cgroup_path_has_no_line_break() =>
        Assert.Equal(["linux.cgroupsPath: must not contain line breaks: the kernel refuses such cgroups"], Problems.OfLinux(linux => linux with { CgroupsPath = "/a\nb" }));

    [Theory]
    [InlineData("private")]
    [InlineData("slave")]
    [InlineData("shared")]
    [InlineData("unbindable")]
    [InlineData("rprivate")]
    [InlineData("rslave")]
    [InlineData("rshared")]
    [InlineData("runbindable")]
    public void The_roots_propagation_is_one_of_eight_words(string word) => Assert.Empty(Problems.OfLinux(linux => linux with { RootfsPropagation = word }));

    [Fact]
    public void Any_other_propagation_is_refused() =>
        Assert.Equal(
            ["linux.rootfsPropagation: \"rrprivate\" is not private, slave, shared or unbindable, alone or with an r before it"],
            Problems.OfLinux(linux => linux with { RootfsPropagation = "rrprivate" }));

    [Fact]
    public void A_device_has_a_path_a_type_a_number_and_a_mode_that_exist() =>
        Assert.Equal(
            [
                "linux.devices[0].path: \"dev/x\" is not an absolute path",
                "linux.devices[1].type: expected c, b, u or p",
                "linux.devices[2]: no device has the number 4096:0; the highest is 4095:1048575",
                "linux.devices[3]: no device has the number 1:-1; the highest is 4095:1048575",
                "linux.devices[4].fileMode: 65536 is not a mode (in decimal: 438 is 0666)",
                "linux.devices[5]: 4294967295 is no id: for the kernel it means \"leave unchanged\"",
            ],
            Problems.OfLinux(linux => linux with
            {
                Devices =
                [
                    new DeviceSpec { Type = 'c', Path = "dev/x" },
                    new DeviceSpec { Type = 'd', Path = "/dev/x" },
                    new DeviceSpec { Type = 'b', Path = "/dev/x", Major = 4096 },
                    new DeviceSpec { Type = 'u', Path = "/dev/x", Major = 1, Minor = -1 },
                    new DeviceSpec { Type = 'c', Path = "/dev/x", FileMode = 65_536 },
                    new DeviceSpec { Type = 'p', Path = "/dev/x", Major = -1, Uid = uint.MaxValue },
                ],
            }));
}
