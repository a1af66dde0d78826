using System.Buffers.Binary;

namespace MiniRun.Linux.Cgroups;

/// <summary>The few eBPF instructions a device program needs, 8 bytes each. Source: Documentation/bpf/standardization/instruction-set.rst.</summary>
internal sealed class BpfAssembler
{
    private const byte LDX_MEM_W = 0x61;
    private const byte ALU_MOV_X = 0xbc;
    private const byte ALU_MOV_K = 0xb4;
    private const byte ALU_AND_K = 0x54;
    private const byte ALU_RSH_K = 0x74;

    // 32-bit comparisons: JMP64 would sign-extend the immediate and miss numbers from 2^31 on.
    private const byte JMP32_JNE_K = 0x56;
    private const byte JMP32_JSET_K = 0x46;
    private const byte JMP_JA = 0x05;
    private const byte JMP_EXIT = 0x95;

    private readonly List<ulong> _instructions = [];

    public void Load(int target, int source, short offset) => Add(LDX_MEM_W, target, source, offset, 0);

    public void Move(int target, int source) => Add(ALU_MOV_X, target, source, 0, 0);

    public void Set(int target, int value) => Add(ALU_MOV_K, target, 0, 0, value);

    public void And(int target, int value) => Add(ALU_AND_K, target, 0, 0, value);

    public void ShiftRight(int target, int bits) => Add(ALU_RSH_K, target, 0, 0, bits);

    public void Exit() => Add(JMP_EXIT, 0, 0, 0, 0);

    /// <summary>Jumps to a place named later by <see cref="LandHere"/> with the number returned.</summary>
    public int JumpIfNotEqual(int register, int value) => Add(JMP32_JNE_K, register, 0, 0, value);

    public int JumpIfAnySet(int register, int bits) => Add(JMP32_JSET_K, register, 0, 0, bits);

    public int Jump() => Add(JMP_JA, 0, 0, 0, 0);

    /// <summary>Makes a jump end at the next instruction.</summary>
    public void LandHere(int jump)
    {
        ushort distance = checked((ushort)(short)(_instructions.Count - jump - 1));
        _instructions[jump] |= (ulong)distance << 16;
    }

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[_instructions.Count * sizeof(ulong)];
        for (int index = 0; index < _instructions.Count; index++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(index * sizeof(ulong)), _instructions[index]);
        }

        return bytes;
    }

    private int Add(byte code, int target, int source, short offset, int immediate)
    {
        _instructions.Add(code | ((ulong)target << 8) | ((ulong)source << 12) | ((ulong)(ushort)offset << 16) | ((ulong)(uint)immediate << 32));
        return _instructions.Count - 1;
    }
}
