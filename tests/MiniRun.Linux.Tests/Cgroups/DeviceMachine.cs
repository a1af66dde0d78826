using System.Buffers.Binary;

namespace MiniRun.Linux.Tests.Cgroups;

/// <summary>Runs a device program as the kernel would, one instruction at a time.</summary>
internal static class DeviceMachine
{
    public static bool Allows(byte[] program, char type, uint major, uint minor, int access)
    {
        uint[] context = [(uint)((access << 16) | (type == 'b' ? 1 : 2)), major, minor];
        uint[] registers = new uint[11];
        for (int index = 0; ; index++)
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(program.AsSpan(index * 8));
            byte code = (byte)word;
            int target = (int)(word >> 8) & 15;
            int source = (int)(word >> 12) & 15;
            short offset = (short)(word >> 16);
            uint immediate = (uint)(word >> 32);
            switch (code)
            {
                case 0x61:
                    registers[target] = context[offset / 4];
                    break;
                case 0xbc:
                    registers[target] = registers[source];
                    break;
                case 0xb4:
                    registers[target] = immediate;
                    break;
                case 0x54:
                    registers[target] &= immediate;
                    break;
                case 0x74:
                    registers[target] >>= (int)immediate;
                    break;
                case 0x56:
                    index += registers[target] != immediate ? offset : 0;
                    break;
                case 0x46:
                    index += (registers[target] & immediate) != 0 ? offset : 0;
                    break;
                case 0x05:
                    index += offset;
                    break;
                case 0x95:
                    return registers[0] == 1;
                default:
                    throw new InvalidOperationException($"instruction {code:x2}");
            }
        }
    }
}
