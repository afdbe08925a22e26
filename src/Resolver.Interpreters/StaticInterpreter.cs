using System.Runtime.InteropServices;
using Resolver.Packaging.Installed;
using Resolver.Packaging.Tags;

namespace Resolver.Interpreters;

/// <summary>Reads what an interpreter is from the <c>build-details.json</c> of its installation (PEP 739, Python 3.14
/// and later), without running it.</summary>
/// <remarks>It tells markers and tags, and nothing of what is installed. Only where nothing has to be guessed:
/// CPython on Linux with glibc, on this very machine, in the standard's own layout.</remarks>
internal static class StaticInterpreter
{
    /// <summary>The interpreter, with nothing installed and no pip; null where the file is not there, or does not
    /// tell enough.</summary>
    public static Interpreter? TryRead(string executable)
    {
        try
        {
            // A script that stands for an interpreter may lead to any.
            if (!OperatingSystem.IsLinux() || InterpreterLauncher.Of(executable) is not { Places.Count: 1 } launcher)
                return null;
            var (program, environment) = Base(launcher.Path);
            foreach (var file in Files(Path.GetDirectoryName(Path.GetDirectoryName(program)!)!))
            {
                if (BuildDetails.TryParse(File.ReadAllBytes(file), file) is not { Success: true, Value: var details })
                    continue;
                var prefix = Path.GetFullPath(details.BasePrefix, Path.GetDirectoryName(file)!);
                if (details.BaseInterpreter is { } own && Final(Path.GetFullPath(own, prefix)) == Final(program))
                    return Read(details, launcher.Path, prefix, environment ?? prefix, file);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Then it is asked.
        }
        return null;
    }

    private static Interpreter? Read(
        BuildDetails details,
        string executable,
        string basePrefix,
        string prefix,
        string file
    )
    {
        var machine = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "x86_64",
            Architecture.Arm64 => "aarch64",
            _ => null,
        };
        // Debian installs elsewhere than the standard's own scheme says, and only its sysconfig knows.
        if (
            details.ImplementationName != "cpython"
            || machine is null
            || details.Platform != $"linux-{machine}"
            || Directory.Exists($"{basePrefix}/lib/python3/dist-packages")
        )
            return null;
        if (
            details.MultiArchitecture?.EndsWith("-gnu", StringComparison.Ordinal) != true
            || GlibcVersion() is not { } glibc
        )
            return null;
        if (
            details.ToMarkerEnvironment(name =>
                name switch
                {
                    "platform_release" => Kernel("osrelease"),
                    "platform_version" => Kernel("version"),
                    _ => null,
                }
            )
            is not { } markers
        )
            return null;
        if (details.LanguageVersion.Split('.') is not [var major, var minor])
            return null;
        var release = new PythonRelease(
            int.Parse(major, System.Globalization.CultureInfo.InvariantCulture),
            int.Parse(minor, System.Globalization.CultureInfo.InvariantCulture)
        );
        var platforms = PlatformTags.Linux(machine, glibc, null, false);
        var abis = InterpreterTags.CPythonAbis(release, details.IsFreeThreaded, details.AbiFlags.Contains("d"));
        var library = $"lib/python{details.LanguageVersion}{(details.IsFreeThreaded ? "t" : "")}";
        return new Interpreter
        {
            Executable = executable,
            Environment = markers,
            Tags = new SupportedTags([
                .. InterpreterTags.CPython(release, abis, platforms),
                .. InterpreterTags.Compatible(release, $"cp{release}", platforms),
            ]),
            Prefix = prefix,
            PrefixLayout = new Dictionary<string, string>
            {
                ["purelib"] = $"{library}/site-packages",
                ["platlib"] = $"{library}/site-packages",
                ["scripts"] = "bin",
                ["data"] = "",
            },
            SearchPath = [],
            Installed = [],
            ExternallyManaged =
                prefix == basePrefix && File.Exists(Path.Combine(Path.GetDirectoryName(file)!, "EXTERNALLY-MANAGED")),
        };
    }

    /// <summary>The program of the installation, and the virtual environment it was named through.</summary>
    private static (string Program, string? Environment) Base(string executable)
    {
        var folder = Path.GetDirectoryName(executable)!;
        foreach (var place in (string[])[folder, Path.GetDirectoryName(folder) ?? folder])
        {
            var configuration = Path.Combine(place, "pyvenv.cfg");
            if (!File.Exists(configuration))
                continue;
            var home = File.ReadLines(configuration)
                .Select(line => line.Split('=', 2))
                .FirstOrDefault(parts =>
                    parts.Length == 2 && parts[0].Trim().Equals("home", StringComparison.OrdinalIgnoreCase)
                )
                ?[1].Trim();
            return home is null
                ? (Final(executable), place)
                : (Path.Combine(home, Path.GetFileName(Final(executable))), place);
        }
        return (Final(executable), null);
    }

    private static IEnumerable<string> Files(string prefix) =>
        ((string[])["lib", "lib64"])
            .Select(library => Path.Combine(prefix, library))
            .Where(Directory.Exists)
            .SelectMany(library => Directory.EnumerateDirectories(library, "python3.*"))
            .Select(folder => Path.Combine(folder, "build-details.json"))
            .Where(File.Exists)
            .Order(StringComparer.Ordinal);

    private static string Final(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link
        && link.ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? target.FullName
            : Path.GetFullPath(path);

    private static string? Kernel(string fact) =>
        File.Exists($"/proc/sys/kernel/{fact}") ? File.ReadAllText($"/proc/sys/kernel/{fact}").Trim() : null;

    private static (int Major, int Minor)? GlibcVersion()
    {
        try
        {
            return
                Marshal.PtrToStringUTF8(LibraryVersion())?.Split('.') is [var major, var minor, ..]
                && int.TryParse(major, out var first)
                && int.TryParse(minor, out var second)
                ? (first, second)
                : null;
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            return null; // musl
        }
    }

#pragma warning disable SYSLIB1054 // a pointer out, nothing in: nothing is marshalled, and generated code would need unsafe blocks
    [DllImport("libc", EntryPoint = "gnu_get_libc_version")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint LibraryVersion();
#pragma warning restore SYSLIB1054
}
