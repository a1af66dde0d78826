namespace MiniRun.Engine.Build.Stages;

/// <summary>Labels as an image keeps them: one a key.</summary>
internal static class Labels
{
    internal static void Set(List<KeyValuePair<string, string>> labels, string key, string value)
    {
        int index = labels.FindIndex(label => label.Key == key);
        var label = new KeyValuePair<string, string>(key, value);
        if (index < 0)
        {
            labels.Add(label);
        }
        else
        {
            labels[index] = label;
        }
    }
}
