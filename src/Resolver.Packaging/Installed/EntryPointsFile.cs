namespace Resolver.Packaging.Installed;

/// <summary>The file <c>entry_points.txt</c> of installed projects and wheels (PyPA, "Entry points
/// specification").</summary>
public static class EntryPointsFile
{
    /// <summary>The commands that an installer makes: those of <c>console_scripts</c> and <c>gui_scripts</c>, in the
    /// order of the file. Malformed lines are skipped.</summary>
    /// <returns>The name of each, and the object that it calls, with extras: <c>module:attribute [extra]</c>.
    /// </returns>
    public static IEnumerable<(string Name, string Target)> Scripts(TextReader text)
    {
        var inScripts = false;
        while (text.ReadLine()?.Trim() is { } line)
        {
            if (line.StartsWith('['))
                inScripts = line is "[console_scripts]" or "[gui_scripts]";
            else if (
                inScripts
                && line.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, var target]
                && line[0] is not ('#' or ';')
            )
                yield return (name, target);
        }
    }
}
