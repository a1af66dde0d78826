namespace MiniRun.Runtime.Lifecycle;

/// <summary>Finds the detach keys in what is typed. Keys that begin the sequence are held back until it is clear that they are not part of it.</summary>
public sealed class KeySequence(IReadOnlyList<byte> keys)
{
    private int _matched;

    /// <summary>Looks through input; returns what goes to the program, written to <paramref name="output"/>, and whether the whole sequence was found.</summary>
    /// <param name="input">What was typed.</param>
    /// <param name="output">Room for the input and one sequence more.</param>
    public int Filter(ReadOnlySpan<byte> input, Span<byte> output, out bool found)
    {
        int count = 0;
        foreach (byte key in input)
        {
            if (keys.Count > 0 && key == keys[_matched])
            {
                _matched++;
                if (_matched == keys.Count)
                {
                    found = true;
                    return count;
                }

                continue;
            }

            // What was held back was typed for the program. Only its beginning can begin the sequence anew.
            for (int i = 0; i < _matched; i++)
            {
                output[count++] = keys[i];
            }

            _matched = keys.Count > 0 && key == keys[0] ? 1 : 0;
            if (_matched == 0)
            {
                output[count++] = key;
            }
        }

        found = false;
        return count;
    }
}
