using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Resolver.Cli.Tests;

/// <summary>Sdists of one module each, built by the machine's own setuptools.</summary>
internal static class SetuptoolsSdists
{
    /// <summary>The interpreter that has setuptools, wheel and pip.</summary>
    public const string Python = "/usr/bin/python3";

    /// <summary>Skips the test where they are not there.</summary>
    public static void Need() =>
        Assert.SkipUnless(
            File.Exists(Python) && Answers("import setuptools, wheel, pip"),
            $"there is no {Python} with setuptools, wheel and pip"
        );

    /// <summary>Writes an sdist into a folder below this one.</summary>
    /// <param name="arguments">Further arguments of <c>setup()</c>.</param>
    /// <param name="before">What setup.py does first.</param>
    /// <param name="requires">Further build requirements, as TOML writes them in a list.</param>
    public static void SetuptoolsSdist(
        this TemporaryFolder folder,
        string into,
        string name,
        string arguments = "",
        string before = "",
        string requires = ""
    )
    {
        var file = folder[$"{into}/{name}-1.0.tar.gz"];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var gzip = new GZipStream(File.Create(file), CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip, TarEntryFormat.Pax);
        Add(
            "setup.py",
            $"{before}\nfrom setuptools import setup\nsetup(name='{name}', version='1.0', py_modules=['{name}'], "
                + $"{arguments})\n"
        );
        Add(
            "pyproject.toml",
            $"[build-system]\nrequires = ['setuptools', 'wheel', {requires}]\nbuild-backend = 'setuptools.build_meta'\n"
        );
        Add($"{name}.py", "");

        void Add(string path, string text) =>
            tar.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, $"{name}-1.0/{path}")
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                }
            );
    }

    private static bool Answers(string code)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", code]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
