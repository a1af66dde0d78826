using MiniRun.Oci.Grammar;
using MiniRun.Oci.Output;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Oci.Verbs;

internal static class EventsVerb
{
    private const int DefaultInterval = 5000;

    public static int Run(Invocation invocation)
    {
        int interval = invocation.Options.Text("interval") is { } text ? Duration.Milliseconds(text, "interval") : DefaultInterval;
        ContainerId id = invocation.Id;
        using ContainerWatch watch = OciContainers.Of(invocation).Watch(id);
        if (invocation.Options.Has("stats"))
        {
            StandardStream.Out(EventText.Statistics(id, watch.Statistics()));
            return 0;
        }

        while (true)
        {
            switch (watch.Next(interval))
            {
                case ContainerEvent.End:
                    return 0;
                case ContainerEvent.OomKill:
                    StandardStream.Out(EventText.OomKill(id));
                    break;
                default:
                    StandardStream.Out(EventText.Statistics(id, watch.Statistics()));
                    break;
            }
        }
    }
}
