-- Drives the language server as a user of Neovim would: attaches it, waits for diagnostics, applies a code action.
-- Called with the variables READINESS_NODE, READINESS_CLI, READINESS_FILE and READINESS_OUT in the environment.
local env = vim.env
local out = {}

local function finish(code)
  vim.fn.writefile({ vim.fn.json_encode(out) }, env.READINESS_OUT)
  vim.cmd(code == 0 and 'qall!' or 'cquit')
end

local function run()
  vim.cmd('edit ' .. vim.fn.fnameescape(env.READINESS_FILE))
  local buffer = vim.api.nvim_get_current_buf()
  local client = vim.lsp.start_client({
    name = 'readiness',
    cmd = { env.READINESS_NODE, env.READINESS_CLI, 'lsp', '--stdio' },
    root_dir = vim.fn.fnamemodify(env.READINESS_FILE, ':h'),
  })
  assert(client, 'the server did not start')
  vim.lsp.buf_attach_client(buffer, client)

  local arrived = vim.wait(30000, function()
    return #vim.diagnostic.get(buffer) > 0
  end, 50)
  assert(arrived, 'no diagnostics came')
  out.diagnostics = vim.tbl_map(function(diagnostic)
    return { line = diagnostic.lnum, message = diagnostic.message, source = diagnostic.source, code = diagnostic.code }
  end, vim.diagnostic.get(buffer))

  local first = vim.diagnostic.get(buffer)[1]
  local position = { line = first.lnum, character = first.col }
  local answers = vim.lsp.buf_request_sync(buffer, 'textDocument/codeAction', {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = { start = position, ['end'] = position },
    context = { diagnostics = {} },
  }, 30000)
  local actions = ((answers or {})[client] or {}).result or {}
  out.titles = vim.tbl_map(function(action)
    return action.title
  end, actions)
  local edit = actions[1] and actions[1].edit
  assert(edit, 'the first action has no edit')
  vim.lsp.util.apply_workspace_edit(edit, 'utf-16')
  out.text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')

  out.gone = vim.wait(30000, function()
    return #vim.diagnostic.get(buffer) == 0
  end, 50)
end

local ok, problem = pcall(run)
if not ok then
  out.problem = tostring(problem)
end
finish(ok and 0 or 1)
