namespace MiniRun.Runtime.Spec.Reading;

/// <summary>Reads the value the cursor stands on.</summary>
internal delegate T ItemReader<out T>(ref JsonCursor json);
