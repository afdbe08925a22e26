using Resolver.Packaging.Markers;

namespace Resolver.Packaging.Installed;

/// <summary>What <c>build-details.json</c> says in the terms of markers (PEP 508, "Environment Markers").</summary>
internal static class BuildDetailsMarkers
{
    /// <summary>The eleven variables, sorted.</summary>
    public static readonly string[] Variables =
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

    // The first part of sysconfig.get_platform(), and what os, sys and platform say there.
    private static readonly (string Prefix, string OsName, string SysPlatform, string System)[] Systems =
    [
        ("linux", "posix", "linux", "Linux"),
        ("macosx", "posix", "darwin", "Darwin"),
        ("win", "nt", "win32", "Windows"),
        ("android", "posix", "android", "Android"),
        ("ios", "posix", "ios", "iOS"),
    ];

    public static Dictionary<string, string> Known(BuildDetails details)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["implementation_name"] = details.ImplementationName,
            ["implementation_version"] = details.ImplementationVersion.ImplementationVersion,
            ["python_version"] = details.LanguageVersion,
        };
        // Of CPython the language and the implementation have one version; others must say the language's in full.
        if (
            (
                details.LanguageVersionInfo
                ?? (details.ImplementationName == "cpython" ? details.ImplementationVersion : null)
            ) is
            { } info
        )
            known["python_full_version"] = info.FullVersion;
        if (ImplementationText(details.ImplementationName) is { } implementation)
            known["platform_python_implementation"] = implementation;
        foreach (var (prefix, osName, sysPlatform, system) in Systems)
        {
            if (!details.Platform.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            (known["os_name"], known["sys_platform"], known["platform_system"]) = (osName, sysPlatform, system);
            if (Machine(details.Platform) is { } machine)
                known["platform_machine"] = machine;
        }
        return known;
    }

    public static MarkerEnvironment? Environment(
        IReadOnlyDictionary<string, string> known,
        Func<string, string?> supply
    )
    {
        var values = Variables.ToDictionary(
            v => v,
            v => known.TryGetValue(v, out var value) ? value : supply(v),
            StringComparer.Ordinal
        );
        if (values.Values.Any(v => v is null))
            return null;
        return new MarkerEnvironment
        {
            ImplementationName = values["implementation_name"]!,
            ImplementationVersion = values["implementation_version"]!,
            OsName = values["os_name"]!,
            PlatformMachine = values["platform_machine"]!,
            PlatformPythonImplementation = values["platform_python_implementation"]!,
            PlatformRelease = values["platform_release"]!,
            PlatformSystem = values["platform_system"]!,
            PlatformVersion = values["platform_version"]!,
            PythonFullVersion = values["python_full_version"]!,
            PythonVersion = values["python_version"]!,
            SysPlatform = values["sys_platform"]!,
        };
    }

    private static string? ImplementationText(string name) =>
        name switch
        {
            "cpython" => "CPython",
            "pypy" => "PyPy",
            "graalpy" => "GraalVM",
            "jython" => "Jython",
            "ironpython" => "IronPython",
            _ => null,
        };

    /// <summary>The last part of the platform, as <c>platform.machine()</c> spells it; null where the platform is for
    /// several machines.</summary>
    private static string? Machine(string platform) =>
        platform switch
        {
            "win32" => "x86",
            "win-amd64" => "AMD64",
            "win-arm64" => "ARM64",
            "win-arm32" => "ARM",
            _ when platform.LastIndexOf('-') is var at and > 0
                    && platform[(at + 1)..] is var machine
                    && machine
                        is not (
                            "universal"
                            or "universal2"
                            or "intel"
                            or "fat"
                            or "fat3"
                            or "fat32"
                            or "fat64"
                            or ""
                        ) => platform[..3] is "ios" or "and" ? null : machine,
            _ => null,
        };
}
