using System.Runtime.InteropServices;

namespace Resolver.Execution.Wheels;

/// <summary>The permissions that new files lack (<c>umask</c>), the same for every build while it is held: a wheel's
/// modes must not depend on who built it. Installing goes by the user's own.</summary>
internal sealed class FileMask : IDisposable
{
    private const int ForOthersToRead = 0b000_010_010;

    private readonly int before;

    public FileMask() => before = OperatingSystem.IsWindows() ? 0 : Set(ForOthersToRead);

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
            _ = Set(before);
    }

#pragma warning disable SYSLIB1054 // a number in, a number out: nothing is marshalled, and generated code would need unsafe blocks
    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Set(int mask);
#pragma warning restore SYSLIB1054
}
