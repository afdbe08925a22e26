
namespace Resolver.Packaging.Markers;

/// <summary>The eleven values that markers are judged by (PEP 508, "Environment Markers").</summary>
public sealed record MarkerEnvironment
{
    public required string ImplementationName { get; init; }
    public required string ImplementationVersion { get; init; }
    public required string OsName { get; init; }
    public required string PlatformMachine { get; init; }
    public required string PlatformPythonImplementation { get; init; }
    public required string PlatformRelease { get; init; }
    public required string PlatformSystem { get; init; }
    public required string PlatformVersion { get; init; }
    public required string PythonFullVersion { get; init; }
    public required string PythonVersion { get; init; }
    public required string SysPlatform { get; init; }

    /// <summary>CPython 3.11.7 on Linux x86_64 with glibc: what a universe file means where it says nothing.</summary>
    public static MarkerEnvironment CPython311OnLinux { get; } = new()
    {
        ImplementationName = "cpython", ImplementationVersion = "3.11.7", OsName = "posix", PlatformMachine = "x86_64",
        PlatformPythonImplementation = "CPython", PlatformRelease = "6.1.0", PlatformSystem = "Linux",
        PlatformVersion = "#1 SMP", PythonFullVersion = "3.11.7", PythonVersion = "3.11", SysPlatform = "linux",
    };

    /// <summary>The value of a PEP 508 variable by its name (<c>python_version</c>), or null where there is no such variable.</summary>
    public string? this[string variable] => throw new NotImplementedException();

    /// <summary>The same with one variable replaced.</summary>
    public MarkerEnvironment With(string variable, string value) => throw new NotImplementedException();

    /// <summary>Name and value of all eleven, sorted by name.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables => throw new NotImplementedException();
}
