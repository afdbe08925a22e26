namespace Resolver.Packaging.Markers;

/// <summary>The eleven values that markers are judged by (PEP 508, "Environment Markers").</summary>
public sealed record MarkerEnvironment
{
    /// <summary>The names of the eleven variables, sorted.</summary>
    public static IReadOnlyList<string> VariableNames { get; } =
    [
        "implementation_name",
        "implementation_version",
        "os_name",
        "platform_machine",
        "platform_python_implementation",
        "platform_release",
        "platform_system",
        "platform_version",
        "python_full_version",
        "python_version",
        "sys_platform",
    ];

    /// <summary><c>sys.implementation.name</c>, such as <c>cpython</c>.</summary>
    public required string ImplementationName { get; init; }

    /// <summary>The version of the implementation, such as <c>3.13.0a2</c> or PyPy's <c>7.3.13</c>.</summary>
    public required string ImplementationVersion { get; init; }

    /// <summary><c>os.name</c>: <c>posix</c>, <c>nt</c>, <c>java</c>.</summary>
    public required string OsName { get; init; }

    /// <summary><c>platform.machine()</c>, such as <c>x86_64</c>, <c>AMD64</c>, <c>arm64</c>.</summary>
    public required string PlatformMachine { get; init; }

    /// <summary><c>platform.python_implementation()</c>, such as <c>CPython</c>.</summary>
    public required string PlatformPythonImplementation { get; init; }

    /// <summary><c>platform.release()</c>: the release of the operating system's kernel.</summary>
    public required string PlatformRelease { get; init; }

    /// <summary><c>platform.system()</c>: <c>Linux</c>, <c>Windows</c>, <c>Darwin</c>, <c>Java</c>.</summary>
    public required string PlatformSystem { get; init; }

    /// <summary><c>platform.version()</c>: free text.</summary>
    public required string PlatformVersion { get; init; }

    /// <summary><c>platform.python_version()</c>, such as <c>3.11.7</c>.</summary>
    public required string PythonFullVersion { get; init; }

    /// <summary>Its first two numbers: <c>3.10</c>, not <c>3.1</c>.</summary>
    public required string PythonVersion { get; init; }

    /// <summary><c>sys.platform</c>: <c>linux</c>, <c>win32</c>, <c>darwin</c>.</summary>
    public required string SysPlatform { get; init; }

    /// <summary>CPython 3.11.7 on Linux x86_64 with glibc: what a universe file means where it says nothing.</summary>
    public static MarkerEnvironment CPython311OnLinux { get; } =
        new()
        {
            ImplementationName = "cpython",
            ImplementationVersion = "3.11.7",
            OsName = "posix",
            PlatformMachine = "x86_64",
            PlatformPythonImplementation = "CPython",
            PlatformRelease = "6.1.0",
            PlatformSystem = "Linux",
            PlatformVersion = "#1 SMP",
            PythonFullVersion = "3.11.7",
            PythonVersion = "3.11",
            SysPlatform = "linux",
        };

    /// <summary>The value of a PEP 508 variable by its name (<c>python_version</c>), or null where there is no such
    /// variable.</summary>
    public string? this[string variable] =>
        variable switch
        {
            "implementation_name" => ImplementationName,
            "implementation_version" => ImplementationVersion,
            "os_name" => OsName,
            "platform_machine" => PlatformMachine,
            "platform_python_implementation" => PlatformPythonImplementation,
            "platform_release" => PlatformRelease,
            "platform_system" => PlatformSystem,
            "platform_version" => PlatformVersion,
            "python_full_version" => PythonFullVersion,
            "python_version" => PythonVersion,
            "sys_platform" => SysPlatform,
            _ => null,
        };

    /// <summary>The same with one variable replaced.</summary>
    /// <exception cref="ArgumentException">There is no such variable.</exception>
    public MarkerEnvironment With(string variable, string value) =>
        variable switch
        {
            "implementation_name" => this with { ImplementationName = value },
            "implementation_version" => this with { ImplementationVersion = value },
            "os_name" => this with { OsName = value },
            "platform_machine" => this with { PlatformMachine = value },
            "platform_python_implementation" => this with { PlatformPythonImplementation = value },
            "platform_release" => this with { PlatformRelease = value },
            "platform_system" => this with { PlatformSystem = value },
            "platform_version" => this with { PlatformVersion = value },
            "python_full_version" => this with { PythonFullVersion = value },
            "python_version" => this with { PythonVersion = value },
            "sys_platform" => this with { SysPlatform = value },
            _ => throw new ArgumentException(
                $"there is no marker variable '{variable}'; there are {string.Join(", ", VariableNames)}",
                nameof(variable)
            ),
        };

    /// <summary>Name and value of all eleven, sorted by name.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables =>
        VariableNames.Select(name => KeyValuePair.Create(name, this[name]!));
}
