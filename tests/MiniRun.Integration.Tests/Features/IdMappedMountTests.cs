using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>mounts[].uidMappings, gidMappings, idmap and ridmap: who owns the files, as seen inside.</summary>
[Collection(ContainerTests.Name)]
public sealed class IdMappedMountTests(ContainerHost host)
{
    private const string Owners = "cd /m && stat -c '%n %u %g' a b c";

    [Fact]
    public void Every_range_of_a_mounts_own_maps_counts_and_what_none_maps_belongs_to_nobody()
    {
        OciBundle bundle = Bundle(Owners, """
            "options": ["bind", "idmap"],
            "uidMappings": [{"containerID": 0, "hostID": 500, "size": 10}, {"containerID": 1000, "hostID": 2000, "size": 1}],
            "gidMappings": [{"containerID": 0, "hostID": 600, "size": 100}]
            """);

        Assert.Equal(["a 500 600", "b 2000 65534", "c 507 609"], bundle.Run().Lines());
        Assert.Equal("7 9", host.Bash($"stat -c '%u %g' {bundle.Folder}/source/c").Succeeded());
    }

    [Fact]
    public void Without_maps_of_its_own_the_mount_has_those_of_the_container()
    {
        OciBundle bundle = Bundle(Owners, "\"options\": [\"bind\", \"idmap\"]").InUserNamespace();

        Assert.Equal(["a 0 0", "b 1000 1000", "c 7 9"], bundle.Run().Lines());
        Assert.Equal(bundle.RunByCrun().Succeeded(), bundle.Run().Succeeded());
    }

    [Fact]
    public void Without_the_option_an_owner_outside_the_containers_ids_is_nobody() =>
        Assert.Equal(["a 65534 65534", "b 65534 65534", "c 65534 65534"], Bundle(Owners, "\"options\": [\"bind\"]").InUserNamespace().Run().Lines());

    [Theory]
    [InlineData("idmap=uids=0-1-10#1000-2000-5;gids=0-100-10")]
    [InlineData("idmap=uids=@0-1-10#@1000-2000-5;gids=@0-100-10")]
    public void Maps_in_crun_s_options_mean_what_they_mean_to_crun(string option)
    {
        OciBundle bundle = Bundle(Owners, $"\"options\": [\"bind\", \"{option}\"]");
        if (option.Contains('@', StringComparison.Ordinal))
        {
            bundle.InUserNamespace();
        }

        string ours = bundle.Run().Succeeded();
        Assert.Equal("a 1 100\nb 2000 65534\nc 8 109", ours);
        Assert.Equal(bundle.RunByCrun().Succeeded(), ours);
    }

    [Theory]
    [InlineData("idmap", "0")]
    [InlineData("ridmap", "500")]
    public void Only_ridmap_maps_the_mounts_below(string option, string owner)
    {
        string outer = host.NewFolder();
        OciBundle bundle = new(host, "stat -c %u /m /m/below/file");
        bundle.Mount($$"""
            {"destination": "/m", "type": "bind", "source": "{{outer}}", "options": ["rbind", "{{option}}"],
             "uidMappings": [{"containerID": 0, "hostID": 500, "size": 10}], "gidMappings": [{"containerID": 0, "hostID": 500, "size": 10}]}
            """);
        string inner = host.NewFolder();
        File.WriteAllText(inner + "/file", "");
        Directory.CreateDirectory(outer + "/below");
        bundle.Write();

        string seen = host.Bash($"""
            exec unshare --mount --propagation private bash -euc 'mount --bind {inner} {outer}/below
            exec {host.MinirunOci} --root {host.State} --cgroup-manager=disabled run --bundle {bundle.Folder} {Path.GetFileName(bundle.Folder)}'
            """).Succeeded();

        Assert.Equal("500\n" + owner, seen);
    }

    [Fact]
    public void A_joined_user_namespace_gives_its_mapping_too()
    {
        OciBundle holder = new OciBundle(host, "echo ready; read line", name: "holder").InUserNamespace();
        OciBundle bundle = Bundle(Owners, "\"options\": [\"bind\", \"idmap\"]");
        holder.Write();
        bundle.Linux["namespaces"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse("""{"type": "user", "path": "USER"}"""));
        bundle.Write();

        // The container's first process is a child of the `run` that waits for its end.
        string seen = host.Bash($$"""
            coproc {{host.MinirunOci}} --root {{host.State}} --cgroup-manager=disabled run --bundle {{holder.Folder}} holder
            read -r -u "${COPROC[0]}" _
            sed -i "s|USER|/proc/$(pgrep -P "$COPROC_PID" -n)/ns/user|" {{bundle.Folder}}/config.json
            {{host.MinirunOci}} --root {{host.State}} --cgroup-manager=disabled run --bundle {{bundle.Folder}} joins
            echo >&"${COPROC[1]}"
            """).Succeeded();

        Assert.Equal("a 0 0\nb 1000 1000\nc 7 9", seen);
    }

    [Fact]
    public void A_file_system_that_cannot_be_mapped_is_refused_and_nothing_is_left()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        OciBundle bundle = new(host, "true");
        bundle.Mount("""
            {"destination": "/m", "type": "bind", "source": "/proc", "options": ["bind", "idmap"],
             "uidMappings": [{"containerID": 0, "hostID": 500, "size": 10}], "gidMappings": [{"containerID": 0, "hostID": 500, "size": 10}]}
            """);

        bundle.Run().FailedInOneLine(1, "mount_setattr", "/proc", "cannot be id-mapped");
        Directory.Delete(bundle.Folder, recursive: true);
        before.AssertUnchanged(host, "a failed id mapping");
    }

    private OciBundle Bundle(string script, string rest, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        OciBundle bundle = new(host, script, name);
        host.Bash($"mkdir {bundle.Root}/m {bundle.Folder}/source && cd {bundle.Folder}/source && touch a b c && chown 1000:1000 b && chown 7:9 c").Succeeded();
        return bundle.Mount($$"""{"destination": "/m", "type": "bind", "source": "{{bundle.Folder}}/source", {{rest}}}""");
    }
}
