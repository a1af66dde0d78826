using MiniRun.Engine.Containers;

namespace MiniRun.Engine.Events;

/// <summary>A container's labels, which docker's events have among their attributes.</summary>
internal static class EventLabels
{
    private const string Option = "--label=";

    /// <summary>Adds them, but for those called as an attribute is. Read from the words, since reading the whole request takes longer.</summary>
    internal static void AddTo(List<KeyValuePair<string, string>> attributes, ContainerRecord container)
    {
        int own = attributes.Count;
        foreach (string word in container.Run)
        {
            if (!word.StartsWith("--", StringComparison.Ordinal))
            {
                return; // the image: what follows is the program's
            }

            if (word.StartsWith(Option, StringComparison.Ordinal))
            {
                int equals = word.IndexOf('=', Option.Length);
                string key = equals < 0 ? word[Option.Length..] : word[Option.Length..equals];
                if (!Has(attributes, own, key))
                {
                    attributes.Add(new(key, equals < 0 ? "" : word[(equals + 1)..]));
                }
            }
        }
    }

    private static bool Has(List<KeyValuePair<string, string>> attributes, int count, string key)
    {
        for (int i = 0; i < count; i++)
        {
            if (attributes[i].Key == key)
            {
                return true;
            }
        }

        return false;
    }
}
