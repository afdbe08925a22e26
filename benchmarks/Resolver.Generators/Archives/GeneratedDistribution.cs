using System.Text;
using Resolver.Generators.Universes;

namespace Resolver.Generators.Archives;

/// <summary>One release as a distribution: its names and its metadata.</summary>
internal sealed class GeneratedDistribution(string project, GeneratedRelease release)
{
    public string Project => project;

    public GeneratedRelease Release => release;

    /// <summary>The name as file names and modules spell it.</summary>
    public string Module { get; } = project.Replace('-', '_');

    public string FileName =>
        release.IsWheel ? $"{Module}-{release.Version}-py3-none-any.whl" : $"{Module}-{release.Version}.tar.gz";

    /// <summary>Writes the file.</summary>
    public void Write(string path)
    {
        using var file = File.Create(path);
        if (release.IsWheel)
            WheelFile.Write(file, this);
        else
            SourceFile.Write(file, this);
    }

    /// <summary>METADATA and PKG-INFO, core metadata 2.2.</summary>
    public string Metadata()
    {
        var text = new StringBuilder();
        text.Append("Metadata-Version: 2.2\nName: ")
            .Append(project)
            .Append("\nVersion: ")
            .Append(release.Version)
            .Append('\n');
        foreach (var requirement in release.Requires)
            text.Append("Requires-Dist: ").Append(requirement).Append('\n');
        if (release.Extra is not null)
        {
            text.Append("Provides-Extra: full\n");
            foreach (var requirement in release.Extra)
                text.Append("Requires-Dist: ").Append(requirement).Append("; extra == \"full\"\n");
        }

        return text.ToString();
    }

    /// <summary>The one module there is.</summary>
    public string Source() => $"__version__ = \"{release.Version}\"\n";
}
