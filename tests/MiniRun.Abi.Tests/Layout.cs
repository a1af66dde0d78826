using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace MiniRun.Abi.Tests;

/// <summary>Sizes and offsets as the runtime really lays structures out; Marshal's answers are about another layout.</summary>
internal static class Layout
{
    public static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    public static int SizeOf(FieldInfo field) => field.GetCustomAttribute<FixedBufferAttribute>() is { } buffer
        ? buffer.Length * SizeOf(buffer.ElementType)
        : field.FieldType.IsPointer ? IntPtr.Size : SizeOf(field.FieldType.IsEnum ? Enum.GetUnderlyingType(field.FieldType) : field.FieldType);

    public static long OffsetOf(FieldInfo field)
    {
        DynamicMethod method = new("offset", typeof(long), [], typeof(Layout).Module, skipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        LocalBuilder value = code.DeclareLocal(field.DeclaringType!);
        code.Emit(OpCodes.Ldloca, value);
        code.Emit(OpCodes.Ldflda, field);
        code.Emit(OpCodes.Conv_I8);
        code.Emit(OpCodes.Ldloca, value);
        code.Emit(OpCodes.Conv_I8);
        code.Emit(OpCodes.Sub);
        code.Emit(OpCodes.Ret);
        return (long)method.Invoke(null, null)!;
    }

    public static FieldInfo[] Fields(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
}
