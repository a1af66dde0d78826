using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>A day in the life of a container, with everything that happens to one; at its end nothing is lost or left.</summary>
[Collection(ContainerTests.Name)]
public sealed class DayInTheLifeTests(ContainerHost host)
{
    private const string Line = "a line of output, as programs write it, numbered by nobody";
    private const int Lines = 17_000_000; // of 59 bytes: one gigabyte

    [Fact]
    public void A_gigabyte_of_log_a_thousand_execs_and_killed_monitors()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string script = $$"""
            # Morning: made, started, listed.
            id=$($MINIRUN create --name day --restart on-failure:5 --log-opt max-size=900m --log-opt max-file=3 busybox sh -c '
              trap "exit 0" TERM
              [ -e /told ] || { yes "{{Line}}" | head -n {{Lines}}; touch /told; }
              echo up
              while [ ! -e /fail ]; do sleep 0.05; done
              rm /fail
              exit 3')
            $MINIRUN start day > /dev/null
            until $MINIRUN exec day test -e /told; do sleep 0.1; done

            # Not a byte of its log is lost: the lines of all files together.
            sleep 0.3
            [[ $($MINIRUN logs day | grep -cx '{{Line}}') == {{Lines}} ]]
            files=$(ls "$MINIRUN_DATA/containers/$id/" | grep -c json.log)
            [[ $files == 3 ]]

            # Noon: a thousand visitors.
            for i in $(seq 1000); do $MINIRUN exec day true; done

            # It stands still, goes on, fails and comes back.
            $MINIRUN pause day > /dev/null
            $MINIRUN unpause day > /dev/null
            $MINIRUN exec day touch /fail
            for i in $(seq 100); do [[ $($MINIRUN logs -n 5 day | grep -cx up) == 2 ]] && break; sleep 0.05; done
            [[ $($MINIRUN logs -n 5 day | grep -cx up) == 2 ]]
            $MINIRUN exec day true

            # Afternoon: its monitor is killed, twice. The next commands see the truth, and a new monitor goes on in the same log.
            for round in 1 2; do
              kill -9 "$(pgrep -f "minirun .* monitor $id")"
              sleep 0.1
              $MINIRUN ps | grep -q 'no monitor'
              $MINIRUN restart -t 0 day > /dev/null
              $MINIRUN exec day true
            done
            for i in $(seq 100); do [[ $($MINIRUN logs -n 5 day | grep -cx up) == 4 ]] && break; sleep 0.05; done
            [[ $($MINIRUN logs -n 5 day | grep -cx up) == 4 ]]

            # Evening: stopped, waited for, removed.
            $MINIRUN stop day > /dev/null
            [[ $($MINIRUN wait day) == 0 ]]
            $MINIRUN rm day > /dev/null
            """;
        host.Bash(script, TimeSpan.FromMinutes(4)).Succeeded();
        before.AssertUnchanged(host, "a day in the life");
    }
}
