using System.Runtime.CompilerServices;

namespace Resolver.Sat.Domains;

/// <summary>Buffers that outlive a solve: they only grow, and a solve that fits allocates nothing.</summary>
internal static class Growth
{
    /// <summary>Makes room for <paramref name="needed"/> elements; what is there stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Reserve<T>(ref T[] buffer, int needed)
    {
        if (needed > buffer.Length)
            Enlarge(ref buffer, needed);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Enlarge<T>(ref T[] buffer, int needed) =>
        Array.Resize(ref buffer, Math.Max(needed, Math.Max(16, buffer.Length * 2)));
}
