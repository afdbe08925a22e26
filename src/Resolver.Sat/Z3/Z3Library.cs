using System.Runtime.InteropServices;
using Microsoft.Z3;

namespace Resolver.Sat.Z3;

/// <summary>Finds the platform's <c>libz3</c> for the Microsoft.Z3 assembly, which asks for it under one name only.
/// Thread-safe.</summary>
/// <remarks>
/// The package brings the library for Windows and macOS. On Linux it is the distribution's, and without the
/// development package it is only there as <c>libz3.so.4</c>, a name that .NET does not try by itself. The
/// environment variable <c>RESOLVER_Z3_LIBRARY</c> names a file to be taken instead.
/// </remarks>
public static class Z3Library
{
    private const string Override = "RESOLVER_Z3_LIBRARY";

    private static readonly Lazy<nint> Handle = new(Find);

    /// <summary>Whether Z3 can be used here.</summary>
    public static bool IsAvailable => Handle.Value != 0;

    /// <summary>One line that says what to install, for where <see cref="IsAvailable"/> is false.</summary>
    public static string HowToInstall =>
        Environment.GetEnvironmentVariable(Override) is { Length: > 0 } named
            ? $"Z3 is not available: {Override} names '{named}', which cannot be loaded"
        : OperatingSystem.IsMacOS() ? "Z3 is not available: install it with 'brew install z3'"
        : OperatingSystem.IsWindows()
            ? "Z3 is not available: put libz3.dll from the Microsoft.Z3 package beside the program"
        : "Z3 is not available: install libz3, on Debian and Ubuntu with 'apt-get install libz3-4'";

    /// <exception cref="Z3NotAvailableException">There is no usable library.</exception>
    public static void Require()
    {
        if (!IsAvailable)
            throw new Z3NotAvailableException(HowToInstall);
    }

    private static nint Find()
    {
        var handle = Load();
        if (handle != 0)
            NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, (name, _, _) => name == "libz3" ? handle : 0);
        return handle;
    }

    private static nint Load()
    {
        if (Environment.GetEnvironmentVariable(Override) is { Length: > 0 } named)
            return NativeLibrary.TryLoad(named, out var chosen) && IsZ3(chosen) ? chosen : 0;
        string[] names =
            OperatingSystem.IsMacOS() ? ["libz3.dylib", "libz3.4.dylib"]
            : OperatingSystem.IsWindows() ? ["libz3.dll"]
            : ["libz3.so.4", "libz3.so", "libz3.so.4.8"];
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, typeof(Native).Assembly, null, out var handle) && IsZ3(handle))
                return handle;
        }

        return 0;
    }

    private static bool IsZ3(nint handle) => NativeLibrary.TryGetExport(handle, "Z3_mk_solver_for_logic", out _);
}
