namespace Resolver.Packaging.Tags;

/// <summary>
/// The platforms whose binaries run on a given system, best first. Nothing here asks the machine it runs on: every
/// property of the system is a parameter.
/// </summary>
public static class PlatformTags
{
    /// <summary>Linux (PEP 513, 571, 599, 600 for manylinux; PEP 656 for musllinux). The native tag comes first, as
    /// in packaging since 26.3.</summary>
    /// <param name="architecture">The machine, such as <c>x86_64</c> or <c>aarch64</c>.</param>
    /// <param name="glibc">The version of glibc that the interpreter is linked with, or null.</param>
    /// <param name="musl">The version of musl that the interpreter is linked with, or null.</param>
    /// <param name="is32BitInterpreter">Whether a 32-bit interpreter runs on a 64-bit system.</param>
    public static IReadOnlyList<string> Linux(
        string architecture,
        (int Major, int Minor)? glibc,
        (int Major, int Minor)? musl = null,
        bool is32BitInterpreter = false
    )
    {
        if (is32BitInterpreter)
            architecture = architecture switch
            {
                "x86_64" => "i686",
                "aarch64" => "armv8l",
                _ => architecture,
            };
        string[] architectures = architecture == "armv8l" ? ["armv8l", "armv7l"] : [architecture];
        var platforms = new List<string>();
        foreach (var machine in architectures)
            platforms.Add($"linux_{machine}");
        if (glibc is { } version && Array.Exists(architectures, HasManylinux))
            AddManylinux(platforms, architectures, version);
        if (musl is { } loader)
        {
            foreach (var machine in architectures)
                for (var minor = loader.Minor; minor >= 0; minor--)
                    platforms.Add($"musllinux_{loader.Major}_{minor}_{machine}");
        }
        return platforms;
    }

    /// <summary>macOS. From 11 on a release of the system is a major number, and its tags have minor number
    /// 0.</summary>
    /// <param name="major">10, or 11 and above.</param>
    /// <param name="minor">Counts under 10 only.</param>
    /// <param name="architecture">The machine: <c>x86_64</c>, <c>arm64</c>, formerly <c>i386</c>, <c>ppc</c>,
    /// <c>ppc64</c>.</param>
    public static IReadOnlyList<string> MacOS(int major, int minor, string architecture)
    {
        var platforms = new List<string>();
        if (major == 10)
        {
            for (var older = minor; older >= 0; older--)
                AddMacOS(platforms, 10, older, architecture);
        }
        if (major < 11)
            return platforms;
        for (var older = major; older >= 11; older--)
            AddMacOS(platforms, older, 0, architecture);
        // On Intel all binaries since 10.4 run; elsewhere only those with two halves of which one may be older than
        // the machine's kind.
        for (var older = 16; older >= 4; older--)
        {
            if (architecture == "x86_64")
                AddMacOS(platforms, 10, older, architecture);
            else
                platforms.Add($"macosx_10_{older}_universal2");
        }
        return platforms;
    }

    /// <summary>iOS (PEP 730): down to 12.0, the first that can run CPython; nothing for older systems.</summary>
    /// <param name="major">First number of the system's version.</param>
    /// <param name="minor">Second number of the system's version.</param>
    /// <param name="multiarch">Architecture and SDK, such as <c>arm64_iphoneos</c>.</param>
    public static IReadOnlyList<string> IOS(int major, int minor, string multiarch)
    {
        const int oldest = 12,
            highestMinor = 9; // no release ever passed .8
        var suffix = multiarch.Replace('-', '_');
        var platforms = new List<string>();
        for (var release = major; release >= oldest; release--)
        {
            for (var point = release == major ? minor : highestMinor; point >= 0; point--)
                platforms.Add($"ios_{release}_{point}_{suffix}");
        }
        return platforms;
    }

    /// <summary>Android (PEP 738): every API level down to 16.</summary>
    /// <param name="apiLevel">The system's level.</param>
    /// <param name="abi">Such as <c>arm64_v8a</c>.</param>
    public static IReadOnlyList<string> Android(int apiLevel, string abi)
    {
        const int oldest = 16;
        var suffix = Normalize(abi);
        return
        [
            .. Enumerable
                .Range(oldest, Math.Max(0, apiLevel - oldest + 1))
                .Reverse()
                .Select(level => $"android_{level}_{suffix}"),
        ];
    }

    /// <summary>Windows: <c>win32</c>, <c>win_amd64</c> or <c>win_arm64</c>, from
    /// <c>sysconfig.get_platform()</c>.</summary>
    public static IReadOnlyList<string> Windows(string sysconfigPlatform = "win-amd64") => Generic(sysconfigPlatform);

    /// <summary>Emscripten (PEP 783): the platform's own version first, where the interpreter tells it.</summary>
    public static IReadOnlyList<string> Emscripten(string sysconfigPlatform, string? pyemscriptenVersion) =>
        string.IsNullOrEmpty(pyemscriptenVersion)
            ? Generic(sysconfigPlatform)
            : [$"pyemscripten_{pyemscriptenVersion}_wasm32", .. Generic(sysconfigPlatform)];

    /// <summary>Any other system: what <c>sysconfig.get_platform()</c> says (PEP 425, "Platform Tag").</summary>
    public static IReadOnlyList<string> Generic(string sysconfigPlatform) => [Normalize(sysconfigPlatform)];

    private static string Normalize(string text) => text.Replace('.', '_').Replace('-', '_').Replace(' ', '_');

    /// <summary>Where manylinux is defined at all. The 32-bit kinds are taken to have the usual calling
    /// convention.</summary>
    private static bool HasManylinux(string architecture) =>
        architecture
            is "x86_64"
                or "i686"
                or "aarch64"
                or "armv7l"
                or "ppc64"
                or "ppc64le"
                or "s390x"
                or "loongarch64"
                or "riscv64";

    private static void AddManylinux(List<string> platforms, string[] architectures, (int Major, int Minor) glibc)
    {
        const int lastMinorOfMajor = 50; // a major version of glibc that is not out yet is taken to have run to here
        var oldestMinor = architectures is ["x86_64"] or ["i686"] ? 5 : 17;
        foreach (var machine in architectures)
        {
            for (var major = glibc.Major; major >= 2; major--)
            {
                for (
                    var minor = major == glibc.Major ? glibc.Minor : lastMinorOfMajor;
                    minor >= (major == 2 ? oldestMinor : 0);
                    minor--
                )
                {
                    platforms.Add($"manylinux_{major}_{minor}_{machine}");
                    var alias = (major, minor) switch
                    {
                        (2, 17) => "manylinux2014",
                        (2, 12) => "manylinux2010",
                        (2, 5) => "manylinux1",
                        _ => null,
                    };
                    if (alias is not null)
                        platforms.Add($"{alias}_{machine}");
                }
            }
        }
    }

    private static void AddMacOS(List<string> platforms, int major, int minor, string architecture)
    {
        foreach (var format in MacOSFormats(major, minor, architecture))
            platforms.Add($"macosx_{major}_{minor}_{format}");
    }

    /// <summary>The binary formats that one release of the system runs on one kind of machine.</summary>
    private static IReadOnlyList<string> MacOSFormats(int major, int minor, string architecture)
    {
        var version = (major, minor);
        return architecture switch
        {
            "x86_64" when version.CompareTo((10, 4)) < 0 => [],
            "x86_64" => ["x86_64", "intel", "fat64", "fat3", "universal2", "universal"],
            "i386" when version.CompareTo((10, 4)) < 0 => [],
            "i386" => ["i386", "intel", "fat3", "fat", "universal"],
            "ppc64" when version.CompareTo((10, 5)) > 0 || version.CompareTo((10, 4)) < 0 => [],
            "ppc64" => ["ppc64", "fat64", "universal"],
            "ppc" when version.CompareTo((10, 6)) > 0 => [],
            "ppc" => ["ppc", "fat3", "fat", "universal"],
            "arm64" => ["arm64", "universal2"],
            "intel" => ["intel", "universal"],
            _ => [architecture],
        };
    }
}
