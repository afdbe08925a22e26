using Xunit;

namespace Resolver.Testing;

/// <summary>The Lmod of this machine, which reads module files.</summary>
public static class Lmod
{
    /// <summary>Its program; skips the test where there is none.</summary>
    public static string Require()
    {
        var program = Directory.Exists("/usr/share/lmod")
            ? Directory
                .GetDirectories("/usr/share/lmod")
                .Select(folder => Path.Combine(folder, "libexec", "lmod"))
                .FirstOrDefault(File.Exists)
            : null;
        Assert.SkipWhen(program is null, "there is no Lmod (Debian's package lmod)");
        return program!;
    }
}
