namespace Resolver.Archives.Scanning;

/// <summary>Keeps the garbage of many short-lived objects small. The runtime lets it grow to the size of the
/// processor's cache, up to 200 MiB, before it looks: more than all that a scan holds.</summary>
internal static class Garbage
{
    private const long Most = 24 << 20;

    private static long allocatedThen;

    /// <summary>Called now and then from any thread by who makes many objects that nobody holds.</summary>
    public static void Bound()
    {
        var (now, then) = (GC.GetTotalAllocatedBytes(), Volatile.Read(ref allocatedThen));
        if (now - then >= Most && Interlocked.CompareExchange(ref allocatedThen, now, then) == then)
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
    }
}
