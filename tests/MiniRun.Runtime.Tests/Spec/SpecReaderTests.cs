using System.Text;
using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec;

public sealed class SpecReaderTests
{
    [Fact]
    public void A_wrong_type_is_named_with_its_path_what_was_expected_and_what_was_found()
    {
        string problem = Assert.Single(Config.ProblemsOf(Config.With("""
            "process":{"cwd":"/","user":{"uid":"root"}}
            """)));
        Assert.Equal("process.user.uid: expected a whole number from 0 to 4294967295, found \"root\"", problem);
    }

    [Theory]
    [InlineData("""
        "mounts":[{"destination":"/a"},{"destination":"/b","options":["ro",5]}]
        """, "mounts[1].options[1]: expected a text, found 5")]
    [InlineData("""
        "linux":{"sysctl":{"net.core.somaxconn":1}}
        """, "linux.sysctl[\"net.core.somaxconn\"]: expected a text, found 1")]
    [InlineData("""
        "linux":{"namespaces":{"type":"pid"}}
        """, "linux.namespaces: expected a list, found an object")]
    [InlineData("""
        "root":["rootfs"]
        """, "root: expected an object, found a list")]
    [InlineData("""
        "root":{"path":"rootfs","readonly":"yes"}
        """, "root.readonly: expected true or false, found \"yes\"")]
    [InlineData("""
        "linux":{"namespaces":[{"type":"network"},{"type":"net"}]}
        """, "linux.namespaces[1].type: unknown namespace; known are mount, pid, network, uts, ipc, user, cgroup and time")]
    [InlineData("""
        "linux":{"devices":[{"type":"cc","path":"/dev/x","major":1,"minor":2}]}
        """, "linux.devices[0].type: expected one letter of \"cbup\"")]
    [InlineData("""
        "linux":{"uidMappings":[{"containerID":0,"size":1}]}
        """, "linux.uidMappings[0].hostID: required, but missing")]
    [InlineData("""
        "process":{"args":["sh"],"cwd":"/","ioPriority":{"class":"IOPRIO_CLASS_BE"}}
        """, "process.ioPriority.priority: required, but missing")]
    [InlineData("""
        "root":{}
        """, "root.path: required, but missing")]
    [InlineData("""
        "root":{"path":null}
        """, "root.path: required, but missing")]
    public void Each_problem_stands_at_its_place(string member, string problem) =>
        Assert.Equal(problem, Assert.Single(Config.ProblemsOf(Config.With(member))));

    [Fact]
    public void All_problems_come_together_on_one_line()
    {
        SpecException failure = Assert.Throws<SpecException>(() => Config.Read("""
            {"ociVersion":1,"root":{"path":[]},"hostname":true,"process":{"args":"sh"}}
            """));
        Assert.Equal(
            [
                "ociVersion: expected a text, found 1",
                "root.path: expected a text, found a list",
                "hostname: expected a text, found true",
                "process.args: expected a list, found \"sh\"",
                "process.cwd: required, but missing",
            ],
            failure.Problems);
        Assert.StartsWith("5 problems: ociVersion: expected a text, found 1; root.path: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void A_missing_version_is_a_problem() => Assert.Equal("ociVersion: required, but missing", Assert.Single(Config.ProblemsOf("{}")));

    [Theory]
    [InlineData("""
        "hostname":"a","hostname":"b"
        """, "hostname")]
    [InlineData("""
        "hostname":null,"hostname":"b"
        """, "hostname")]
    [InlineData("""
        "hostname":"a","host\u006eame":"b"
        """, "[\"host\\u006eame\"]")]
    [InlineData("""
        "linux":{"seccomp":{"defaultAction":"SCMP_ACT_ERRNO","defaultAction":"SCMP_ACT_ALLOW"}}
        """, "linux.seccomp.defaultAction")]
    [InlineData("""
        "annotations":{"k":"1","k":"2"}
        """, "annotations.k")]
    [InlineData("""
        "unknown":1,"unknown":2
        """, "unknown")]
    public void A_member_given_twice_is_a_problem(string members, string path) =>
        Assert.Equal($"{path}: given twice", Assert.Single(Config.ProblemsOf(Config.With(members))));

    [Fact]
    public void The_same_name_in_two_objects_is_fine() =>
        Assert.Equal(2, Config.Read(Config.With("""
            "mounts":[{"destination":"/a","x":{"y":1}},{"destination":"/b","x":{"y":1}}]
            """)).Mounts.Count);

    [Fact]
    public void An_escaped_name_is_the_same_name() => Assert.Equal("box", Config.Read(Config.With("""
        "host\u006eame":"box"
        """)).Hostname);

    [Fact]
    public void Unknown_members_are_ignored_whatever_they_hold() =>
        Assert.Equal("box", Config.Read(Config.With("""
            "windows":{"a":[1,{"b":null}]},"x":"\ud800","y":[[[]]],"hostname":"box"
            """)).Hostname);

    [Fact]
    public void Null_counts_as_not_given()
    {
        RuntimeSpec spec = Config.Read(Config.With("""
            "hostname":null,"mounts":null,"linux":{"seccomp":null,"resources":null},"process":{"cwd":"/","args":null,"capabilities":null}
            """));
        Assert.Null(spec.Hostname);
        Assert.Empty(spec.Mounts);
        Assert.Null(spec.Linux.Seccomp);
        Assert.Null(spec.Process!.Capabilities);
    }

    [Fact]
    public void Null_inside_a_list_is_a_problem() =>
        Assert.Equal("process.args[0]: expected a text, found null", Assert.Single(Config.ProblemsOf(Config.With("""
            "process":{"cwd":"/","args":[null]}
            """))));

    [Fact]
    public void An_empty_optional_text_counts_as_not_given() =>
        Assert.Null(Config.Read(Config.With("""
            "linux":{"namespaces":[{"type":"pid","path":""}]}
            """)).Linux.Namespaces[0].Path);

    [Fact]
    public void The_largest_numbers_are_read_exactly()
    {
        RuntimeSpec spec = Config.ReadFile("everything.json");
        Assert.Equal(ulong.MaxValue, spec.Process!.Rlimits[0].Hard);
        Assert.Equal(long.MinValue, spec.Linux.TimeOffsets["monotonic"].Secs);
        Assert.Equal(ulong.MaxValue, spec.Linux.Seccomp!.Syscalls[0].Args[0].Value);
    }

    [Fact]
    public void A_device_number_of_minus_one_means_any() => Assert.Null(Config.ReadFile("kubernetes.json").Linux.Resources.Devices[^1].Major);

    [Fact]
    public void A_process_and_resources_are_read_alone()
    {
        Assert.Equal("/tmp", SpecReader.ReadProcess("""{"cwd":"/tmp","args":["id"]}"""u8).Cwd);
        Assert.Equal(5, SpecReader.ReadResources("""{"pids":{"limit":5}}"""u8).Pids!.Limit);
    }

    [Fact]
    public void Problems_in_a_file_name_the_file()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "{}", new UTF8Encoding(false));
            Assert.Equal($"{path}: ociVersion: required, but missing", Assert.Throws<SpecException>(() => SpecReader.ReadFile(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        MiniRunException failure = Assert.ThrowsAny<MiniRunException>(() => SpecReader.ReadFile("/nowhere/config.json"));
        Assert.Contains("/nowhere/config.json", failure.Message, StringComparison.Ordinal);
    }
}
