using System.Text.Json;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>Many callers on one state root, some of whom die.</summary>
[Collection(ContainerTests.Name)]
public sealed class ParallelTests(ContainerHost host)
{
    private const int Callers = 8;
    private const int ContainersEach = 25;

    /// <summary>Creates one after the other and kills every third `create` at some moment; says for each how it ended.</summary>
    private const string Caller = """
        oci=$1 root=$2 bundle=$3 caller=$4 count=$5 RANDOM=$4
        for ((i = 0; i < count; i++)); do
          "$oci" --root "$root" create --bundle "$bundle" "parallel-$caller-$i" < /dev/null > /dev/null 2>&1 &
          pid=$!
          if ((i % 3 == 0)); then
            sleep "0.0$((RANDOM % 20 + 10))"
            kill -KILL "$pid" 2> /dev/null || true
          fi
          status=0
          wait "$pid" 2> /dev/null || status=$?
          echo "parallel-$caller-$i $status"
        done
        """;

    [Fact]
    public void Two_hundred_containers_by_eight_callers_who_die_at_random_are_listed_truly_and_cleared_wholly()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        OciDriver oci = new(host);
        string bundle = oci.Bundle("sleep 1007");

        Dictionary<string, int> ended = CreateAll(oci, bundle);
        AssertListIsTrue(oci, ended);

        foreach (string id in ended.Keys)
        {
            oci.Run("delete", "--force", id).Succeeded();
        }

        Assert.Equal("", oci.Run("list", "-q").Succeeded());
        Directory.Delete(bundle, recursive: true);
        before.AssertUnchanged(host, "200 containers");
    }

    private Dictionary<string, int> CreateAll(OciDriver oci, string bundle)
    {
        List<RunningProgram> callers = [];
        for (int caller = 1; caller <= Callers; caller++)
        {
            callers.Add(host.StartWith([], "bash", "-uc", Caller, "caller", host.MinirunOci, oci.Root, bundle, $"{caller}", $"{ContainersEach}"));
        }

        while (callers.Exists(caller => !caller.HasExited))
        {
            // What others make and leave half-made must not disturb who only looks.
            oci.Run("list").Succeeded();
        }

        Dictionary<string, int> ended = [];
        foreach (RunningProgram caller in callers)
        {
            foreach (string[] words in caller.Wait().Lines().Select(line => line.Split(' ')))
            {
                ended.Add(words[0], int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture));
            }

            caller.Dispose();
        }

        Assert.Equal(Callers * ContainersEach, ended.Count);
        Assert.Equal([0, 128 + Kernel.SIGKILL], ended.Values.Distinct().Order());
        return ended;
    }

    /// <summary>Whoever was told 0 has a created container, whose process is there; the others have one or none, and where it says created, it is.</summary>
    private static void AssertListIsTrue(OciDriver oci, Dictionary<string, int> ended)
    {
        using JsonDocument list = JsonDocument.Parse(oci.Run("list", "-f", "json").Succeeded());
        HashSet<string> created = [];
        foreach (JsonElement container in list.RootElement.EnumerateArray())
        {
            string id = container.GetProperty("id").GetString()!;
            Assert.Contains(id, ended.Keys);
            if (container.GetProperty("status").GetString() == "created")
            {
                created.Add(id);
                Assert.True(Directory.Exists($"/proc/{container.GetProperty("pid").GetInt32()}"), $"{id} is created, and its process is not there");
            }
            else
            {
                Assert.Equal("stopped", container.GetProperty("status").GetString());
            }
        }

        Assert.Equal([], ended.Where(end => end.Value == 0).Select(end => end.Key).Except(created));
    }
}
