using System.Buffers.Binary;

namespace MiniRun.Linux.Tests.Seccomp;

/// <summary>Runs a seccomp filter as the kernel would: classic BPF over struct seccomp_data.</summary>
internal sealed class FilterMachine(byte[] program)
{
    public const uint X86_64 = 0xc000003e;
    public const uint X86 = 0x40000003;
    public const uint X32Bit = 0x40000000;

    public const uint Allow = 0x7fff0000;
    public const uint KillThread = 0;
    public const uint Eperm = 0x00050000 | 1;
    public const uint Enosys = 0x00050000 | 38;

    public uint X64(int number, params ulong[] arguments) => Run(X86_64, (uint)number, arguments);

    public uint Run(uint architecture, uint number, params ulong[] arguments)
    {
        byte[] data = new byte[64];
        BinaryPrimitives.WriteUInt32LittleEndian(data, number);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), architecture);
        for (int index = 0; index < arguments.Length; index++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(16 + (8 * index)), arguments[index]);
        }

        return Run(data);
    }

    private uint Run(byte[] data)
    {
        uint accumulator = 0;
        uint[] memory = new uint[16];
        for (int index = 0; ; index++)
        {
            ReadOnlySpan<byte> instruction = program.AsSpan(index * 8, 8);
            ushort code = BinaryPrimitives.ReadUInt16LittleEndian(instruction);
            uint operand = BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]);
            switch (code)
            {
                case 0x20:
                    accumulator = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan((int)operand));
                    break;
                case 0x60:
                    accumulator = memory[operand];
                    break;
                case 0x02:
                    memory[operand] = accumulator;
                    break;
                case 0x54:
                    accumulator &= operand;
                    break;
                case 0x05:
                    index += (int)operand;
                    break;
                case 0x15:
                    index += instruction[accumulator == operand ? 2 : 3];
                    break;
                case 0x25:
                    index += instruction[accumulator > operand ? 2 : 3];
                    break;
                case 0x35:
                    index += instruction[accumulator >= operand ? 2 : 3];
                    break;
                case 0x45:
                    index += instruction[(accumulator & operand) != 0 ? 2 : 3];
                    break;
                case 0x06:
                    return operand;
                default:
                    throw new InvalidOperationException($"instruction {code:x4}");
            }
        }
    }
}
