namespace MiniRun.Runtime.Spec.Reading;

/// <summary>linux.resources.blockIO.</summary>
internal static class BlockIoReader
{
    public static BlockIoSpec Read(ref JsonCursor json)
    {
        BlockIoSpec spec = new();
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadMember(ref json, spec);
        }

        json.EndObject();
        return spec;
    }

    private static BlockIoSpec ReadMember(ref JsonCursor json, BlockIoSpec spec) =>
        json.Is("weight"u8) ? spec with { Weight = json.UInt16() } :
        json.Is("leafWeight"u8) ? spec with { LeafWeight = json.UInt16() } :
        json.Is("weightDevice"u8) ? spec with { WeightDevice = json.List(ReadWeight) } :
        json.Is("throttleReadBpsDevice"u8) ? spec with { ThrottleReadBpsDevice = json.List(ReadThrottle) } :
        json.Is("throttleWriteBpsDevice"u8) ? spec with { ThrottleWriteBpsDevice = json.List(ReadThrottle) } :
        json.Is("throttleReadIOPSDevice"u8) ? spec with { ThrottleReadIopsDevice = json.List(ReadThrottle) } :
        json.Is("throttleWriteIOPSDevice"u8) ? spec with { ThrottleWriteIopsDevice = json.List(ReadThrottle) } :
        json.Ignore(spec);

    private static WeightDeviceSpec ReadWeight(ref JsonCursor json)
    {
        WeightDeviceSpec spec = new(0, 0, null, null);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadWeightMember(ref json, spec);
        }

        json.Require("major"u8);
        json.Require("minor"u8);
        json.EndObject();
        return spec;
    }

    private static WeightDeviceSpec ReadWeightMember(ref JsonCursor json, WeightDeviceSpec spec) =>
        json.Is("major"u8) ? spec with { Major = json.Signed() ?? 0 } :
        json.Is("minor"u8) ? spec with { Minor = json.Signed() ?? 0 } :
        json.Is("weight"u8) ? spec with { Weight = json.UInt16() } :
        json.Is("leafWeight"u8) ? spec with { LeafWeight = json.UInt16() } :
        json.Ignore(spec);

    private static ThrottleDeviceSpec ReadThrottle(ref JsonCursor json)
    {
        ThrottleDeviceSpec spec = new(0, 0, 0);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadThrottleMember(ref json, spec);
        }

        json.Require("major"u8);
        json.Require("minor"u8);
        json.EndObject();
        return spec;
    }

    private static ThrottleDeviceSpec ReadThrottleMember(ref JsonCursor json, ThrottleDeviceSpec spec) =>
        json.Is("major"u8) ? spec with { Major = json.Signed() ?? 0 } :
        json.Is("minor"u8) ? spec with { Minor = json.Signed() ?? 0 } :
        json.Is("rate"u8) ? spec with { Rate = json.Unsigned() ?? 0 } :
        json.Ignore(spec);
}
